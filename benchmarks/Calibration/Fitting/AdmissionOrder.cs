namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>The order in which a server decided about requests.</summary>
internal static class AdmissionOrder
{
    /// <summary>The order in which requests arrive that are sent within this time is not known.</summary>
    private const double TogetherMs = 2;

    /// <summary>The requests in the order of their arrival; of those that were sent together, first those that were accepted: what a limit
    /// refuses comes after what fills it.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static FitRequest[] Create(FitRequest[] requests)
    {
        var ordered = new List<FitRequest>(requests.Length);
        for (var start = 0; start < requests.Length;)
        {
            var end = start + 1;
            while (end < requests.Length && requests[end].Arrived - requests[start].Arrived <= TogetherMs) end++;
            var together = requests[start..end];
            var lastAccepted = together.Where(request => request.IsAccepted).Select(request => request.Arrived).DefaultIfEmpty(0).Max();
            ordered.AddRange(together.Where(request => request.IsAccepted));
            ordered.AddRange(together
                .Where(request => !request.IsAccepted)
                .Select(request => request with { Arrived = Math.Max(request.Arrived, lastAccepted) }));
            start = end;
        }

        return [.. ordered];
    }
}

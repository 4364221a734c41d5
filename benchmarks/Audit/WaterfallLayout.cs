using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Arranges requests in lanes so that no two requests of a lane overlap: the layout of the waterfall chart.</summary>
public static class WaterfallLayout
{
    /// <summary>A bar per request, in order of arrival; each takes the lowest lane that is free. Time starts at the first
    /// arrival.</summary>
    public static IReadOnlyList<WaterfallBar> Assign(IReadOnlyList<RequestRecord> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var bars = new List<WaterfallBar>(requests.Count);
        var busyUntil = new List<TimeSpan>();
        var origin = requests.Count == 0 ? TimeSpan.Zero : requests.Min(request => request.Arrived);
        foreach (var request in requests.OrderBy(request => request.Arrived))
        {
            var lane = busyUntil.FindIndex(end => end <= request.Arrived);
            if (lane < 0)
            {
                lane = busyUntil.Count;
                busyUntil.Add(default);
            }

            busyUntil[lane] = request.AnswerBegan;
            bars.Add(new WaterfallBar(
                lane,
                (request.Arrived - origin).TotalMilliseconds,
                (request.AnswerBegan - origin).TotalMilliseconds,
                request.Page,
                request.Outcome));
        }

        return bars;
    }
}

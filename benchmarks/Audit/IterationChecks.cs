namespace Downloader.Benchmarks.Audit;

/// <summary>The checks of one iteration. Each returns a sentence for each difference it finds.</summary>
internal static class IterationChecks
{
    /// <summary>All checks, in the order in which their findings are shown.</summary>
    public static IReadOnlyList<Func<AuditedIteration, IEnumerable<string>>> All { get; } =
    [
        RequestCountCheck.Check,
        PageBytesCheck.Check,
        CheckInFlight,
        DecisionCheck.Check,
        CheckEnd,
        ConnectionCheck.Check,
        CheckProtocol,
        LatencyCheck.Check,
        RateLimitCheck.Check,
        ClientReportCheck.Check,
    ];

    /// <summary>Those that hold for the requests of one client of several: what the server draws and limits is of all clients
    /// together.</summary>
    public static IReadOnlyList<Func<AuditedIteration, IEnumerable<string>>> OfShare { get; } =
        [.. All.Where(check => check != LatencyCheck.Check && check != RateLimitCheck.Check)];

    private static IEnumerable<string> CheckInFlight(AuditedIteration iteration)
    {
        var peak = ConcurrencyCalculator.Peak(iteration.Requests);
        if (peak > iteration.Expected.MaxInFlight)
            yield return $"expected at most {iteration.Expected.MaxInFlight} in flight, the server saw {peak}.";
    }

    private static IEnumerable<string> CheckEnd(AuditedIteration iteration)
    {
        if (iteration.Interval.Ended is not { } ended)
        {
            yield return "expected an end of the iteration, the client announced none.";
            yield break;
        }

        var late = iteration.Requests.Count(request => request.AnswerBegan > ended);
        if (late > 0)
            yield return $"expected all work done at the end, {late} requests were still being served: the strategy returned too early.";
    }

    private static IEnumerable<string> CheckProtocol(AuditedIteration iteration)
    {
        var others = iteration.Requests.Count(request => request.Protocol != iteration.Expected.Protocol);
        if (others > 0) yield return $"expected {iteration.Expected.Protocol}, {others} requests used another protocol.";
    }
}

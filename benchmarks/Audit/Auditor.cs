using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Compares what the server saw with what a case allows and with what its client reported.</summary>
public static class Auditor
{
    /// <summary>Checks the log of a case.</summary>
    /// <returns>A sentence for each difference, with what was expected and what was seen; empty when there is none.</returns>
    public static IReadOnlyList<string> Check(Expectation expected, RequestLog log)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(log);
        return [.. CheckLog(log), .. CheckIterations(expected, log)];
    }

    private static IEnumerable<string> CheckLog(RequestLog log)
    {
        if (log.Iterations.Count == 0) yield return "Expected iterations, the server's log has none.";
        if (log.Dropped > 0) yield return $"Expected a complete log, the server had no room for {log.Dropped} requests.";
        if (log.InFlight > 0) yield return $"Expected no request in flight after the run, the server saw {log.InFlight}.";
        var outside = log.Requests.Count(request => request.Iteration < 0);
        if (outside > 0)
        {
            yield return $"Expected no request outside of an iteration, the server saw {outside}: "
                + "work went on after the strategy had returned.";
        }
    }

    private static IEnumerable<string> CheckIterations(Expectation expected, RequestLog log)
    {
        var requests = log.Requests.Where(request => request.Iteration >= 0).ToLookup(request => request.Iteration);
        var failed = log.Iterations
            .Select((interval, index) =>
                new AuditedIteration(expected, interval, [.. requests[index]], ClientIterationReport.FromJson(interval.ClientReport)))
            .Select((iteration, index) => (Number: index + 1, Findings: IterationChecks.All.SelectMany(check => check(iteration)).ToList()))
            .Where(iteration => iteration.Findings.Count > 0)
            .ToList();
        if (failed.Count == 0) yield break;

        // A wrong strategy is wrong in every iteration: the first one is shown in full, the others are counted.
        foreach (var finding in failed[0].Findings) yield return $"Iteration {failed[0].Number}: {finding}";
        if (failed.Count > 1) yield return $"The same or similar in {failed.Count} of {log.Iterations.Count} iterations.";
    }
}

using System.Globalization;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Holds what the client claims and what a case allows against what the server saw.</summary>
public static class Auditor
{
    /// <summary>Milliseconds by which two processes' monotonic clocks may differ over an iteration.</summary>
    private const double ClockNoise = 0.5;

    /// <summary>What is wrong, a sentence each, with what was expected and what was seen; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(Expectation expected, RequestLog log)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(log);
        var findings = new List<string>();
        if (log.Iterations.Count == 0) findings.Add("Expected iterations, the server was told of none.");
        if (log.Dropped > 0) findings.Add($"Expected a whole log, the server had no room for {log.Dropped} requests.");
        if (log.InFlight > 0) findings.Add($"Expected nothing in flight after the run, saw {log.InFlight}.");
        var stray = log.Requests.Count(request => request.Iteration < 0);
        if (stray > 0) findings.Add($"Expected no request outside of an iteration, saw {stray}: work went on after the strategy had returned.");
        var byIteration = log.Requests.Where(request => request.Iteration >= 0).ToLookup(request => request.Iteration);
        var failed = Enumerable.Range(0, log.Iterations.Count)
            .Select(index => (Number: index + 1, Findings: CheckIteration(expected, log.Iterations[index], [.. byIteration[index]]).ToList()))
            .Where(iteration => iteration.Findings.Count > 0)
            .ToList();
        // What is wrong with a strategy is wrong each time: one iteration tells it.
        foreach (var finding in failed.Take(1).SelectMany(iteration => iteration.Findings)) findings.Add($"Iteration {failed[0].Number}: {finding}");
        if (failed.Count > 1) findings.Add($"So or likewise in {failed.Count} of {log.Iterations.Count} iterations.");
        return findings;
    }

    /// <summary>Holds what the client measured against the server's log: as many iterations, and none shorter than the server was busy with it.</summary>
    /// <param name="iterations">The requests of each iteration.</param>
    /// <param name="makespans">The client's makespans, milliseconds.</param>
    public static IEnumerable<string> CheckMakespans(IReadOnlyList<IReadOnlyList<RequestRecord>> iterations, IReadOnlyList<double> makespans)
    {
        ArgumentNullException.ThrowIfNull(iterations);
        ArgumentNullException.ThrowIfNull(makespans);
        if (iterations.Count != makespans.Count)
        {
            yield return $"Expected {makespans.Count} iterations, as many as were measured; the server was told of {iterations.Count}.";
            yield break;
        }

        for (var i = 0; i < makespans.Count; i++)
        {
            if (iterations[i].Count == 0) continue;
            var busy = (iterations[i].Max(request => request.Completed) - iterations[i].Min(request => request.Arrived)).TotalMilliseconds;
            if (busy > makespans[i] + ClockNoise)
                yield return string.Create(CultureInfo.InvariantCulture, $"Iteration {i + 1}: expected the server to be busy for no longer than the {makespans[i]:0.0} ms measured, it was for {busy:0.0} ms: the strategy returned too early.");
        }
    }

    private static IEnumerable<string> CheckIteration(Expectation expected, IterationInterval mark, IReadOnlyList<RequestRecord> requests)
    {
        var most = expected.Retries ? int.MaxValue : expected.Downloads + requests.Count(IsRepeatedByHandler);
        if (requests.Count < expected.Downloads || requests.Count > most)
            yield return $"expected {(expected.Retries ? "at least " : "")}{expected.Downloads} requests, the server saw {requests.Count}.";

        foreach (var page in Enum.GetValues<Page>())
        {
            var share = expected.Requests.GetValueOrDefault(page);
            var seen = requests.Count(request => request.Page == page);
            var mostSeen = expected.Retries ? int.MaxValue : share + requests.Count(request => request.Page == page && IsRepeatedByHandler(request));
            if (seen < share || seen > mostSeen) yield return $"expected {share} requests for {page}, the server saw {seen}.";
        }

        var peak = ConcurrencyCalculator.Peak(requests);
        if (peak > expected.Limit) yield return $"expected at most {expected.Limit} in flight, the server saw {peak}.";

        if (mark.Ended is not { } ended)
            yield return "expected an end, the client never announced one.";
        else if (requests.Count(request => request.Completed > ended) is > 0 and var late)
            yield return $"expected all work done at the end, {late} requests were still being served: the strategy returned too early.";

        foreach (var finding in CheckConnections(expected, requests)) yield return finding;

        var spoken = requests.Count(request => request.Protocol != expected.Protocol);
        if (spoken > 0) yield return $"expected {expected.Protocol}, {spoken} requests spoke something else.";

        if (ClientIterationReport.FromJson(mark.ClientReport) is { } claim)
        {
            var served = requests.Count(request => request.Outcome == RequestOutcome.Served);
            if (claim.Succeeded != served) yield return $"the client claims {claim.Succeeded} downloads, the server served {served}.";
            if (claim.Succeeded + claim.Failed != expected.Downloads)
                yield return $"expected an account of {expected.Downloads} downloads, the client gave {claim.Succeeded + claim.Failed}.";
        }
    }

    /// <summary>SocketsHttpHandler sends a GET again, unasked, when a connection that served before closes without a byte of answer.</summary>
    private static bool IsRepeatedByHandler(RequestRecord request) => request.Outcome == RequestOutcome.Empty;

    private static IEnumerable<string> CheckConnections(Expectation expected, IReadOnlyList<RequestRecord> requests)
    {
        var connections = requests.DistinctBy(request => request.Connection).Count();
        // A connection that a fault broke is rightly replaced.
        var broken = requests.Count(request => request.Outcome is RequestOutcome.Reset or RequestOutcome.Empty or RequestOutcome.CutShort or RequestOutcome.Abandoned);
        if (expected.Clients == ClientPolicy.New)
        {
            if (connections != requests.Count) yield return $"expected a connection for each of {requests.Count} requests, the server saw {connections}.";
        }
        else if (connections > expected.Limit + broken)
        {
            yield return $"expected at most {expected.Limit + broken} connections, the server saw {connections}.";
        }
    }
}

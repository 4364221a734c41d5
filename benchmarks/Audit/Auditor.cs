using Downloader.Benchmarks.Harness;
using Downloader.Benchmarks.Suites;
using Downloader.Lab;

namespace Downloader.Benchmarks.Audit;

/// <summary>Holds what the client claims and what a case allows against what the server saw.</summary>
public static class Auditor
{
    /// <summary>What is wrong, a sentence each, with what was expected and what was seen; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(Expectation expected, AuditLog log)
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
        for (var i = 0; i < log.Iterations.Count; i++)
        {
            foreach (var finding in CheckIteration(expected, log.Iterations[i], [.. byIteration[i]])) findings.Add($"Iteration {i + 1}: {finding}");
        }

        return findings;
    }

    private static IEnumerable<string> CheckIteration(Expectation expected, IterationMark mark, IReadOnlyList<ServedRequest> requests)
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

        var peak = InFlight.Peak(requests);
        if (peak > expected.Limit) yield return $"expected at most {expected.Limit} in flight, the server saw {peak}.";

        if (mark.Ended is not { } ended)
            yield return "expected an end, the client never announced one.";
        else if (requests.Count(request => request.Completed > ended) is > 0 and var late)
            yield return $"expected all work done at the end, {late} requests were still being served: the strategy returned too early.";

        foreach (var finding in CheckConnections(expected, requests)) yield return finding;

        var spoken = requests.Count(request => request.Protocol != expected.Protocol);
        if (spoken > 0) yield return $"expected {expected.Protocol}, {spoken} requests spoke something else.";

        if (IterationClaim.FromJson(mark.Claim) is { } claim)
        {
            var served = requests.Count(request => request.Outcome == ServedOutcome.Served);
            if (claim.Succeeded != served) yield return $"the client claims {claim.Succeeded} downloads, the server served {served}.";
            if (claim.Succeeded + claim.Failed != expected.Downloads)
                yield return $"expected an account of {expected.Downloads} downloads, the client gave {claim.Succeeded + claim.Failed}.";
        }
    }

    /// <summary>SocketsHttpHandler sends a GET again, unasked, when a connection that served before closes without a byte of answer.</summary>
    private static bool IsRepeatedByHandler(ServedRequest request) => request.Outcome == ServedOutcome.Empty;

    private static IEnumerable<string> CheckConnections(Expectation expected, IReadOnlyList<ServedRequest> requests)
    {
        var connections = requests.DistinctBy(request => request.Connection).Count();
        // A connection that a fault broke is rightly replaced.
        var broken = requests.Count(request => request.Outcome is ServedOutcome.Reset or ServedOutcome.Empty or ServedOutcome.CutShort or ServedOutcome.Abandoned);
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

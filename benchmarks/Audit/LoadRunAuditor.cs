using System.Globalization;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Compares what the server saw of a run of several clients with what they had to do, and with what each of them claims. All times
/// are on the server's clock.</summary>
public static class LoadRunAuditor
{
    /// <summary>Checks a run.</summary>
    /// <param name="expected">What the server must see.</param>
    /// <param name="run">The run, as the server knows it.</param>
    /// <param name="log">The server's log of it.</param>
    public static LoadRunFindings Check(LoadRunExpectation expected, LoadRun run, RequestLog log)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        if (run.Failure is { } failure) return OfWhole(run, [failure + "."]);
        if (expected.Plan != run.Plan)
            return OfWhole(run, [$"expected {expected.Plan}; the clients joined with {run.Plan}."]);
        if (log.Iterations is not [var interval])
            return OfWhole(run, [$"expected a log of one run, the server's has {log.Iterations.Count}: it was used for something else."]);

        var requests = log.Requests.ToLookup(request => request.Client);
        IReadOnlyList<string>[] clients =
        [
            .. run.Clients.Select(client => (IReadOnlyList<string>)
            [
                .. CheckClient(expected, client, interval, [.. requests[client.Number]]),
                .. CheckOverlap(client, run, requests),
            ]),
        ];
        // What is wrong with a client makes the whole wrong too: it is named once.
        var isClean = clients.All(findings => findings.Count == 0);
        IEnumerable<string> whole = isClean ? CheckWhole(expected.Whole, run, log, interval) : [];
        return new LoadRunFindings([.. CheckLog(run, log), .. whole], clients) { Notes = [.. DescribeStrays(log)] };
    }

    private static LoadRunFindings OfWhole(LoadRun run, IReadOnlyList<string> findings) =>
        new(findings, [.. run.Clients.Select(_ => (IReadOnlyList<string>)[])]);

    private static IEnumerable<string> CheckLog(LoadRun run, RequestLog log)
    {
        if (log.IsFull)
        {
            yield return $"expected a log that holds all requests, the server's is full with {RequestLog.MaxRequests}; it had no room for "
                + $"{log.Dropped} more.";
        }

        var haveAllEnded = run.Clients.All(client => client.State == LoadClientState.Ended);
        if (log.InFlight > 0 && haveAllEnded) yield return $"expected no request in flight after the run, the server saw {log.InFlight}.";
        var foreign = log.Requests.Count(request => request.Client < 0);
        if (foreign > 0) yield return $"expected requests of the run's clients alone, the server saw {foreign} without the mark of one.";
    }

    /// <summary>Requests after the end can come from anybody, and say nothing about the clients.</summary>
    private static IEnumerable<string> DescribeStrays(RequestLog log)
    {
        if (log.Dropped > 0 && !log.IsFull)
            yield return $"After the last client had ended, {log.Dropped} requests arrived that are not judged.";
    }

    private static IEnumerable<string> CheckClient(
        LoadRunExpectation expected, LoadClient client, IterationInterval interval, List<RequestRecord> requests)
    {
        if (client.State == LoadClientState.Lost)
            return ["it was lost: its connection ended before it had reported, after " + Describe(requests.Count) + "."];
        if (client.State == LoadClientState.Joined) return [$"it has not ended, after {Describe(requests.Count)}."];
        if (LoadClaims.Read(client, expected.Whole) is not { } claim)
            return ["its claim is invalid: it cannot be read, or has figures that are negative or beyond those of the whole list."];
        var share = new AuditedIteration(expected.Shares[client.Number], interval with { Ended = client.Ended }, requests, claim);
        return [.. CheckFailures(claim), .. IterationChecks.OfShare.SelectMany(check => check(share))];
    }

    private static string Describe(int requests) => requests == 1 ? "1 request" : $"{requests} requests";

    private static IEnumerable<string> CheckFailures(ClientIterationReport claim)
    {
        if (claim.Failed == 0) yield break;
        var reasons = string.Join(", ", claim.Failures.Select(failure => $"{failure.Value} of {failure.Key}"));
        yield return $"{claim.Failed} of its downloads failed: {reasons}.";
    }

    /// <summary>A client that sent its first request after another one's last answer did not load the server together with it.</summary>
    private static IEnumerable<string> CheckOverlap(LoadClient client, LoadRun run, ILookup<int, RequestRecord> requests)
    {
        if (!requests[client.Number].Any()) yield break;
        var first = requests[client.Number].Min(request => request.Arrived);
        var earliest = run.Clients
            .Where(other => other.State == LoadClientState.Ended && requests[other.Number].Any())
            .Select(other => (Client: other, Last: requests[other.Number].Max(request => request.AnswerBegan)))
            .OrderBy(other => other.Last)
            .FirstOrDefault();
        if (earliest.Client is null || first < earliest.Last) yield break;
        var gap = (first - earliest.Last).TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture);
        yield return $"it was late: its first request came {gap} ms after the last answer to client {earliest.Client.Number}, "
            + "so that these two did not load the server together.";
    }

    private static IEnumerable<string> CheckWhole(Expectation expected, LoadRun run, RequestLog log, IterationInterval interval)
    {
        List<RequestRecord> requests = [.. log.Requests.Where(request => request.Iteration >= 0)];
        var whole = new AuditedIteration(expected, interval, requests, LoadClaims.Add(run, expected));
        foreach (var finding in IterationChecks.All.SelectMany(check => check(whole))) yield return finding;
        if (LoadOverlap.Of(run, log)?.Check() is { } tooLittle) yield return tooLittle;
    }
}

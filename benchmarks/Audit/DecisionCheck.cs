using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>A strategy that decides by itself how many requests may be in flight decides at each refusal, and keeps to it.</summary>
/// <remarks>
/// The check counts and compares no clocks. When the k-th request arrives, the client has started some number s of attempts, k or more. Of
/// these, s − k have not arrived yet; the client has them in flight, and also those that are at the server. When it started the last of the
/// s, all of these together were at most the limit that it had decided by then. So at most limit(s) − (s − k) are at the server, for one s
/// at least. What was in flight when the limit shrank is no exception: no attempt starts until enough of it has ended.
/// </remarks>
internal static class DecisionCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (!iteration.Expected.DecidesInFlight || iteration.Report is not { } report) yield break;
        if (report.Decisions is not { } decisions)
        {
            yield return "expected a report of the limits that the strategy decided, the client reported none.";
            yield break;
        }

        var refused = iteration.Count(RequestOutcome.Refused);
        if (decisions.Refusals != refused)
            yield return $"expected a decision at each of {refused} refusals, the client reported {decisions.Refusals}.";
        if (decisions.Limits.Count > 0 && FindExcess(iteration, decisions) is { } finding) yield return finding;
    }

    private static string? FindExcess(AuditedIteration iteration, InFlightDecisions decisions)
    {
        var limits = GetLimits(iteration, decisions);
        var arrivals = iteration.Requests.OrderBy(request => request.Arrived).ToList();
        // An attempt whose connection breaks may never arrive; one that SocketsHttpHandler sends again (RequestCountCheck) arrives twice.
        var mayBeSentAgain = iteration.Expected.Protocol == WireProtocol.Http2 ? 0 : iteration.Count(RequestOutcome.Empty);
        var sentAgain = Math.Max(mayBeSentAgain, Math.Max(0, arrivals.Count - limits.Length));
        var lost = Math.Max(0, limits.Length + sentAgain - arrivals.Count);
        foreach (var (index, inFlight) in ConcurrencyCalculator.AtArrivals(arrivals).Index())
        {
            var arrived = index + 1;
            var allowed = MaxAtServer(limits, arrived - sentAgain, arrived + lost, iteration.Expected.MaxInFlight);
            if (inFlight > allowed)
                return $"expected at most {allowed} in flight at request {arrived}, as the client decided, the server saw {inFlight}.";
        }

        return null;
    }

    /// <summary>The limit under which each attempt started, in the order of their starts.</summary>
    private static int[] GetLimits(AuditedIteration iteration, InFlightDecisions decisions)
    {
        var limits = new int[decisions.Started];
        Array.Fill(limits, iteration.Expected.MaxInFlight);
        foreach (var one in decisions.Limits.Where(one => one.Started < limits.Length)) limits.AsSpan(one.Started).Fill(one.Limit);
        return limits;
    }

    /// <summary>The most that can be at the server.</summary>
    /// <param name="limits">The limit of each start.</param>
    /// <param name="minStarted">How many attempts have started, at least.</param>
    /// <param name="arrived">How many of them have arrived or will never arrive.</param>
    /// <param name="ceiling">No limit is larger.</param>
    private static int MaxAtServer(int[] limits, int minStarted, int arrived, int ceiling)
    {
        var most = 0;
        var maxStarted = Math.Min(limits.Length, arrived + ceiling);
        for (var started = Math.Max(1, minStarted); started <= maxStarted; started++)
            most = Math.Max(most, limits[started - 1] - Math.Max(0, started - arrived));
        return most;
    }
}

using System.Text.Json;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Reads what the clients of a run claim. A client can claim anything: nothing that it sends may end the audit, nor be printed as
/// it is.</summary>
public static class LoadClaims
{
    private const int MaxReasons = 20;

    // Far above any run, and low enough for sums over all clients.
    private const double MaxMilliseconds = 1e12;
    private const long MaxBytesOfMemory = 1L << 50;

    /// <summary>What a client claims, its reasons made fit to print.</summary>
    /// <param name="client">The client.</param>
    /// <param name="whole">What all clients do together.</param>
    /// <returns>Null where it claims nothing that can be read, or more than the whole list.</returns>
    public static ClientIterationReport? Read(LoadClient client, Expectation whole)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(whole);
        try
        {
            if (ClientIterationReport.FromJson(client.Claim) is not { Failures: not null } claim || !IsPossible(claim, whole)) return null;
            var failures = claim.Failures
                .GroupBy(failure => SingleLine.From(failure.Key))
                .Take(MaxReasons)
                .ToDictionary(reason => reason.Key, reason => reason.Sum(failure => failure.Value));
            return claim with { Failures = failures, Decisions = null };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What all clients claim together: sums, and the largest of peaks.</summary>
    /// <param name="run">The run.</param>
    /// <param name="whole">What all clients do together.</param>
    /// <returns>Null unless every client has a valid claim, and all together claim no more than the list.</returns>
    public static ClientIterationReport? Add(LoadRun run, Expectation whole)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(whole);
        var claims = run.Clients.Select(client => Read(client, whole)).OfType<ClientIterationReport>().ToList();
        if (claims.Count == 0 || claims.Count < run.Plan.Clients) return null;
        if (claims.Sum(claim => (long)claim.Succeeded + claim.Failed) > whole.Downloads) return null;
        return new ClientIterationReport(
            claims.Sum(claim => claim.Succeeded),
            claims.Sum(claim => claim.BytesRead),
            claims.Sum(claim => claim.Failed),
            claims.SelectMany(claim => claim.Failures).GroupBy(failure => failure.Key)
                .ToDictionary(failure => failure.Key, failure => failure.Sum(count => count.Value)),
            claims.Sum(claim => claim.CpuMilliseconds),
            claims.Sum(claim => claim.AllocatedBytes),
            claims.Max(claim => claim.PeakMemoryBytes));
    }

    private static bool IsPossible(ClientIterationReport claim, Expectation whole)
    {
        var maxBytes = whole.DownloadsByPage.Sum(page => (long)page.Value * whole.Scenario.GetBytes(page.Key));
        return IsWithin(claim.Succeeded, whole.Downloads)
            && IsWithin(claim.Failed, whole.Downloads)
            && claim.Failures.Values.All(count => count >= 0)
            && claim.Failures.Values.Sum(count => (long)count) <= claim.Failed
            && IsWithin(claim.BytesRead, maxBytes)
            && IsWithin(claim.AllocatedBytes ?? 0, MaxBytesOfMemory)
            && IsWithin(claim.PeakMemoryBytes ?? 0, MaxBytesOfMemory)
            && (claim.CpuMilliseconds ?? 0) is >= 0 and <= MaxMilliseconds
            && (claim.FirstMs ?? 0) is >= 0 and <= MaxMilliseconds;
    }

    private static bool IsWithin(long value, long max) => value >= 0 && value <= max;
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>As many requests as downloads, and one more for each attempt that was repeated for a reason.</summary>
internal static class RequestCountCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (Compare(iteration, iteration.Requests, iteration.Expected.Downloads, "requests") is { } finding) yield return finding;
        foreach (var page in Enum.GetValues<Page>())
        {
            var requests = iteration.Requests.Where(request => request.Page == page).ToList();
            var downloads = iteration.Expected.DownloadsByPage.GetValueOrDefault(page);
            if (Compare(iteration, requests, downloads, $"requests for {page}") is { } pageFinding) yield return pageFinding;
        }
    }

    private static string? Compare(AuditedIteration iteration, IReadOnlyList<RequestRecord> requests, int downloads, string what)
    {
        var repeatable = requests.Count(request => MayBeRepeated(request.Outcome, iteration.Expected.RetriesFailures));
        var max = downloads + repeatable;
        // A client that retries has repeated every failed attempt but the last one of each download that failed for good.
        var min = iteration.Expected.RetriesFailures && iteration.Report is { } report
            ? Math.Max(downloads, max - report.Failed)
            : downloads;
        if (requests.Count >= min && requests.Count <= max) return null;
        var expected = min == max ? $"{min}" : $"{min} to {max}";
        return $"expected {expected} {what}, the server saw {requests.Count}.";
    }

    /// <summary>Whether another attempt may follow one that ended so.</summary>
    private static bool MayBeRepeated(RequestOutcome outcome, bool retriesFailures) => outcome switch
    {
        // SocketsHttpHandler itself sends a GET again when a connection that served before is closed without a byte of answer.
        RequestOutcome.Empty => true,
        RequestOutcome.Reset or RequestOutcome.CutShort or RequestOutcome.ServerError => retriesFailures,
        RequestOutcome.Refused or RequestOutcome.RateLimited => retriesFailures,
        _ => false,
    };
}

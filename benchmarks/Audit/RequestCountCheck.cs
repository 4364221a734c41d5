using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>As many requests as downloads, and one more for each attempt that was repeated for a reason.</summary>
internal static class RequestCountCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (Compare(iteration, iteration.Requests, iteration.Expected.Downloads, "requests") is { } finding) yield return finding;
        // Pages that nobody should ask for too: any that was seen.
        var pages = iteration.Expected.DownloadsByPage.Keys.Union(iteration.Requests.Select(request => request.Page));
        foreach (var page in pages.Order())
        {
            var requests = iteration.Requests.Where(request => request.Page == page).ToList();
            var downloads = iteration.Expected.DownloadsByPage.GetValueOrDefault(page);
            var what = $"requests for {GetName(iteration.Expected.Scenario, page)}";
            if (Compare(iteration, requests, downloads, what) is { } pageFinding) yield return pageFinding;
        }
    }

    /// <summary>The path of a page that the scenario lists, and the name of another.</summary>
    public static string GetName(Scenario scenario, Page page) =>
        page.GetPosition() < scenario.Pages?.Count ? scenario.GetPath(page) : page.GetName();

    private static string? Compare(AuditedIteration iteration, IReadOnlyList<RequestRecord> requests, int downloads, string what)
    {
        var retries = iteration.Expected.MaxRetries;
        // SocketsHttpHandler itself sends a GET again when a connection that served before is closed without a byte of answer.
        var sentAgain = requests.Count(request => request.Outcome == RequestOutcome.Empty);
        var failed = requests.Count(request => request.Outcome.IsRetried());
        var max = downloads + sentAgain + Math.Min(retries > 0 ? failed : 0, retries * downloads);
        // A client that retries has repeated every failed attempt but the last one of each download that failed for good.
        var min = retries > 0 && iteration.Report is { } report
            ? Math.Max(downloads, downloads + sentAgain + failed - report.Failed)
            : downloads;
        if (requests.Count >= min && requests.Count <= max) return null;
        // A client that retried too often has a minimum above its maximum: the limit that it broke is named.
        var brokenLimit = requests.Count > max ? max : min;
        var expected = min < max ? $"{min} to {max}" : $"{brokenLimit}";
        return $"expected {expected} {what}, the server saw {requests.Count}.";
    }
}

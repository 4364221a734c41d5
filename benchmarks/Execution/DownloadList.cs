namespace Downloader.Benchmarks.Execution;

/// <summary>What an iteration downloads: pages in turn.</summary>
internal static class DownloadList
{
    public static IReadOnlyList<Uri> Create(Uri server, DownloadCase downloadCase)
    {
        // Not relative to the server: a path that begins with two slashes would name another one.
        var root = server.GetLeftPart(UriPartial.Authority);
        var uris = downloadCase.Pages.Select(page => new Uri(root + downloadCase.Scenario.GetPath(page))).ToArray();
        return [.. Enumerable.Range(0, downloadCase.Downloads).Select(index => uris[index % uris.Length])];
    }
}

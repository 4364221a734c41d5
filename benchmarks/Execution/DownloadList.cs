using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>What an iteration downloads: pages in turn.</summary>
internal static class DownloadList
{
    public static IReadOnlyList<Uri> Create(Uri server, IReadOnlyList<Page> pages, int downloads)
    {
        var uris = pages.Select(page => new Uri(server, GetPath(page))).ToArray();
        return [.. Enumerable.Range(0, downloads).Select(index => uris[index % uris.Length])];
    }

    private static string GetPath(Page page) => page switch
    {
        Page.Jython => "/jython",
        Page.Dice => "/dice",
        Page.Large => "/large",
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No page that is served."),
    };
}

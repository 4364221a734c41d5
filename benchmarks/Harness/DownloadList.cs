namespace Downloader.Benchmarks.Harness;

/// <summary>What an iteration downloads: the article's two pages in turn.</summary>
internal static class DownloadList
{
    public static IReadOnlyList<Uri> Create(Uri server, int downloads)
    {
        Uri[] pages = [new(server, "/jython"), new(server, "/dice")];
        return [.. Enumerable.Range(0, downloads).Select(index => pages[index % pages.Length])];
    }
}

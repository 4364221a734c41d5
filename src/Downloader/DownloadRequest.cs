namespace Downloader;

/// <summary>What a strategy is asked to do.</summary>
/// <param name="Uris">What to download, absolute http or https URIs; duplicates are downloaded as often as they stand here.</param>
/// <param name="Workers">The most downloads in flight at once, 1 or more.</param>
/// <param name="Clients">Where each download gets its client from.</param>
public sealed record DownloadRequest(IReadOnlyList<Uri> Uris, int Workers, IClientSource Clients)
{
    /// <summary>Called once per download as it ends, with its place in <see cref="Uris"/>, from whichever thread ended it, several at once.
    /// It must be quick and must not throw.</summary>
    public Action<int, DownloadResult>? Completed { get; init; }
}

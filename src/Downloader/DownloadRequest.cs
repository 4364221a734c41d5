namespace Downloader;

/// <summary>The input of a strategy.</summary>
/// <param name="Uris">What to download, absolute http or https URIs; a URI that is listed twice is downloaded twice.</param>
/// <param name="Workers">The most downloads in flight at once, 1 or more.</param>
/// <param name="Clients">The source of each download's client.</param>
public sealed record DownloadRequest(IReadOnlyList<Uri> Uris, int Workers, IClientSource Clients)
{
    /// <summary>Called once for each download as it ends, with its index in <see cref="Uris"/>, on the thread that ended it: several calls
    /// can run at once. It must be quick. When it throws, the downloads go on, and <see cref="DownloadStrategy.RunAsync"/> throws the first
    /// such exception at the end.</summary>
    public Action<int, DownloadResult>? OnCompleted { get; init; }
}

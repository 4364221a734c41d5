namespace Downloader;

/// <summary>How a download ended, and what its reader made of the body.</summary>
/// <typeparam name="T">What the reader returns.</typeparam>
/// <param name="Item">The URI as it stands in the input (not where a redirect led), and its place there.</param>
/// <param name="Value">What the reader returned; the default when <paramref name="Failure"/> is not null.</param>
/// <param name="BytesRead">Bytes of body read: all of it, unless the reader stopped earlier or the download failed.</param>
/// <param name="Elapsed">From sending the request until the reader was done, or until the failure; waiting for a free worker is not
/// in it. With <see cref="DownloaderOptions.Resilience"/>, of all tries with all waits before them, also those for a rate
/// (<see cref="DownloaderOptions.RateLimit"/>) and those that <see cref="AdaptiveStrategy"/> makes; without, none of these waits.</param>
/// <param name="Failure">Why it failed, or null.</param>
public readonly record struct DownloadResult<T>(DownloadItem Item, T? Value, long BytesRead, TimeSpan Elapsed, DownloadFailure? Failure)
{
    /// <summary>The URI as it stands in the input.</summary>
    public Uri Uri => Item.Uri;

    /// <summary>The status was one of success, and the reader got the body and was content with it.</summary>
    public bool Succeeded => Failure is null;

    internal DownloadResult WithoutValue => new(Item.Uri, BytesRead, Elapsed, Failure);

    internal static DownloadResult<T> Failed(DownloadItem item, DownloadFailure failure) => new(item, default, 0, TimeSpan.Zero, failure);
}

/// <summary>How a download ended whose body was discarded.</summary>
/// <param name="Uri">The URI of the request, as it stands in the list (not where a redirect led).</param>
/// <param name="BytesRead">Bytes of body read, all of it when <paramref name="Failure"/> is null.</param>
/// <param name="Elapsed">From sending the request to the last byte read, or to the failure; waiting for a free worker is not in it. With
/// <see cref="DownloaderOptions.Resilience"/>, of all tries with all waits before them, also those for a rate
/// (<see cref="DownloaderOptions.RateLimit"/>) and those that <see cref="AdaptiveStrategy"/> makes; without, none of these waits.</param>
/// <param name="Failure">Why it failed, or null.</param>
public readonly record struct DownloadResult(Uri Uri, long BytesRead, TimeSpan Elapsed, DownloadFailure? Failure)
{
    /// <summary>The whole body was read, with a success status.</summary>
    public bool Succeeded => Failure is null;
}

namespace Downloader;

/// <summary>How one download ended.</summary>
/// <param name="Uri">The URI of the request, as it stands in the list (not where a redirect led).</param>
/// <param name="BytesRead">Bytes of body read, all of it when <paramref name="Failure"/> is null.</param>
/// <param name="Elapsed">From sending the request to the last byte read, or to the failure, retries and the waits before them included;
/// waiting for a free worker is not in it.</param>
/// <param name="Failure">Why it failed, or null.</param>
public readonly record struct DownloadResult(Uri Uri, long BytesRead, TimeSpan Elapsed, DownloadFailure? Failure)
{
    /// <summary>The whole body was read, with a success status.</summary>
    public bool Succeeded => Failure is null;
}

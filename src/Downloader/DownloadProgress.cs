namespace Downloader;

/// <summary>How far a run is.</summary>
/// <param name="Completed">How many downloads have ended, failed ones included.</param>
/// <param name="Failed">How many of them have failed.</param>
/// <param name="BytesRead">The bytes of body that they have read.</param>
/// <param name="Total">How many downloads there are; null where the input does not say.</param>
public readonly record struct DownloadProgress(long Completed, long Failed, long BytesRead, long? Total);

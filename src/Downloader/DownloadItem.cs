namespace Downloader;

/// <summary>A URI to download, and its place in the input.</summary>
/// <param name="Index">Its place, counted from 0. It tells downloads of the same URI apart.</param>
/// <param name="Uri">What to download.</param>
public readonly record struct DownloadItem(long Index, Uri Uri);

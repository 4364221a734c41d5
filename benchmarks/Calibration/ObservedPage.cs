namespace Downloader.Benchmarks.Calibration;

/// <summary>A page that was asked for.</summary>
/// <param name="Path">Path and query, as sent.</param>
/// <param name="Bytes">The median length of its bodies.</param>
public sealed record ObservedPage(string Path, long Bytes);

namespace Downloader.Benchmarks.Calibration;

/// <summary>A page that was asked for.</summary>
/// <param name="Path">Its path, without a query.</param>
/// <param name="Bytes">The median length of its bodies.</param>
public sealed record ObservedPage(string Path, long Bytes);

namespace Downloader.Benchmarks.Analysis;

/// <summary>A figure and how far it may be off.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Error">Half its 95 % interval, in its own unit; null where the rounds cannot tell.</param>
public readonly record struct Estimate(double Value, double? Error);

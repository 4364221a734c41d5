namespace Downloader.Benchmarks.Calibration;

/// <summary>An estimate with its interval, of 95 % where nothing else is said.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Interval(double Value, double Low, double High);

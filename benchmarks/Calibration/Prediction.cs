namespace Downloader.Benchmarks.Calibration;

/// <summary>How long a list of downloads will take, with an interval of 90 %.</summary>
/// <param name="Workers">The number of workers.</param>
/// <param name="Downloads">The number of downloads.</param>
/// <param name="MakespanMs">The median of what was simulated, in milliseconds.</param>
/// <param name="LowMs">The lower end of the interval.</param>
/// <param name="HighMs">The upper end of the interval.</param>
public sealed record Prediction(int Workers, int Downloads, double MakespanMs, double LowMs, double HighMs);

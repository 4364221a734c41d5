namespace Downloader.Benchmarks.Calibration;

/// <summary>How many workers to take for a server, and at which pace.</summary>
/// <param name="Workers">The number of workers.</param>
/// <param name="RatePerSecond">The requests per second to send at most; null where nothing limits their rate.</param>
/// <param name="Reason">Why, a sentence.</param>
public sealed record WorkerRecommendation(int Workers, double? RatePerSecond, string Reason);

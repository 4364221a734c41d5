namespace Downloader.Benchmarks.Calibration;

/// <summary>A calibration cannot go on.</summary>
/// <param name="message">The reason, one line.</param>
public sealed class CalibrationException(string message) : Exception(message);

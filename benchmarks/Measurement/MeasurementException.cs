namespace Downloader.Benchmarks.Measurement;

/// <summary>A run could not begin or go on; the message is one line that says why.</summary>
public sealed class MeasurementException(string message) : Exception(message);

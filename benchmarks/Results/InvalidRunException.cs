namespace Downloader.Benchmarks.Results;

/// <summary>A run's data cannot be used; the message is one line that says why.</summary>
public sealed class InvalidRunException(string message) : Exception(message);

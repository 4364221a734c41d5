namespace Downloader.Benchmarks.CommandLine;

/// <summary>The call was wrong; the message is one line that names the option, the value and what it takes.</summary>
public sealed class UsageException(string message) : Exception(message);

namespace Downloader.Tool;

/// <summary>Invalid arguments; the message is one line that names the option, the value and what it must be.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace Downloader.MockServer.Client;

/// <summary>A scenario that cannot be; the message is one line that names the option, the value and what it takes.</summary>
public sealed class ScenarioException(string message) : Exception(message);

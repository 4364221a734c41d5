namespace Downloader.MockServer.Client;

/// <summary>An invalid scenario; the message is one line with the option, its value and the allowed values.</summary>
public sealed class ScenarioException(string message) : Exception(message);

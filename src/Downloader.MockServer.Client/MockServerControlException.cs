namespace Downloader.MockServer.Client;

/// <summary>The mock server could not be spoken to, or refused; the message is one line that says why.</summary>
public sealed class MockServerControlException(string message) : Exception(message);

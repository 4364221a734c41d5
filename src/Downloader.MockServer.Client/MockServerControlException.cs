namespace Downloader.MockServer.Client;

/// <summary>The mock server could not be reached, refused the request or gave an invalid answer. The message is one line.</summary>
public sealed class MockServerControlException(string message) : Exception(message);

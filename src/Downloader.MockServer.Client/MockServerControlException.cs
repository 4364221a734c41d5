namespace Downloader.MockServer.Client;

/// <summary>The mock server could not be reached, refused the request or gave an invalid answer; the message is one line with the
/// reason.</summary>
public sealed class MockServerControlException(string message) : Exception(message);

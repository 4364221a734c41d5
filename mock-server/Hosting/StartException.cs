namespace Downloader.MockServer.Hosting;

/// <summary>The server cannot start; the message is one line with the reason.</summary>
internal sealed class StartException(string message) : Exception(message);

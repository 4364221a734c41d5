namespace Downloader.MockServer.Middleware;

/// <summary>The log has no room for another iteration or client report; the message is one line.</summary>
internal sealed class AuditLimitException(string message) : Exception(message);

using System.Net.Sockets;

namespace Downloader;

/// <summary>Finds the reason behind an exception that the handler threw.</summary>
internal static class FailureClassifier
{
    /// <summary>Names the reason for an exception that ended a download, when the caller did not cancel it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="hasHeaders">Whether the headers had been received, so that the body failed.</param>
    public static DownloadFailure Classify(Exception exception, bool hasHeaders)
    {
        var http = (exception as HttpRequestException)?.HttpRequestError ?? Find<HttpIOException>(exception)?.HttpRequestError;
        var socket = Find<SocketException>(exception)?.SocketErrorCode;
        return (http, socket) switch
        {
            (HttpRequestError.NameResolutionError, _) => new(FailureReason.NameNotResolved, "The host name could not be resolved"),
            (HttpRequestError.SecureConnectionError, _) =>
                new(FailureReason.SecureConnection, (exception.InnerException ?? exception).Message),
            // Bytes that are no HTTP: neither a lost connection nor a short body.
            (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded, _) =>
                new(FailureReason.Other, exception.Message),
            _ when hasHeaders && exception is IOException or HttpRequestException =>
                new(FailureReason.BodyTruncated, "The connection ended before the end of the body"),
            (_, SocketError.ConnectionRefused) => new(FailureReason.ConnectionRefused, "Connection refused"),
            (_, SocketError.TimedOut) => DownloadFailure.Timeout,
            (_, SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) =>
                new(FailureReason.ConnectionReset, "The connection was reset before a response came"),
            (HttpRequestError.ResponseEnded, _) =>
                new(FailureReason.ConnectionReset, "The connection ended before a response came"),
            // The handler's own limits, its connect timeout above all.
            _ when exception is OperationCanceledException && Find<TimeoutException>(exception) is not null => DownloadFailure.Timeout,
            _ => new(FailureReason.Other, exception.Message),
        };
    }

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        while (exception is not null and not T) exception = exception.InnerException;
        return exception as T;
    }
}

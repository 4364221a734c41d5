using System.Globalization;
using System.Net.Sockets;

namespace Downloader;

/// <summary>From what the handler threw or answered to a reason and one line.</summary>
internal static class FailureClassifier
{
    /// <summary>Says why an exception ended a download that nobody cancelled.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="answered">Whether the headers had come, so that it was the body that failed.</param>
    public static DownloadFailure Explain(Exception exception, bool answered)
    {
        var error = (exception as HttpRequestException)?.HttpRequestError ?? Find<HttpIOException>(exception)?.HttpRequestError ?? HttpRequestError.Unknown;
        var socket = Find<SocketException>(exception)?.SocketErrorCode;
        return (error, socket) switch
        {
            (HttpRequestError.NameResolutionError, _) => new(FailureReason.NameNotResolved, "The host name could not be resolved"),
            (HttpRequestError.SecureConnectionError, _) => new(FailureReason.SecureConnection, OneLine(exception.InnerException ?? exception)),
            // Bytes that are no HTTP: neither a lost connection nor a short body.
            (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded, _) => new(FailureReason.Other, OneLine(exception)),
            _ when answered && exception is IOException or HttpRequestException =>
                new(FailureReason.BodyTruncated, "The connection ended before the end of the body"),
            (_, SocketError.ConnectionRefused) => new(FailureReason.ConnectionRefused, "Connection refused"),
            (_, SocketError.TimedOut) => new(FailureReason.Timeout, "Timed out"),
            (_, SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) =>
                new(FailureReason.ConnectionReset, "The connection was reset before an answer came"),
            (HttpRequestError.ResponseEnded, _) => new(FailureReason.ConnectionReset, "The connection ended before an answer came"),
            // The handler's own limits, its connect timeout above all.
            _ when exception is OperationCanceledException && Find<TimeoutException>(exception) is not null => DownloadFailure.Timeout,
            _ => new(FailureReason.Other, OneLine(exception)),
        };
    }

    /// <summary>"404 Not Found".</summary>
    public static string Status(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        var status = string.Create(CultureInfo.InvariantCulture, $"{code} {response.ReasonPhrase}").TrimEnd();
        return code is >= 300 and < 400 ? $"{status}, a redirect that was not followed" : status;
    }

    /// <summary>An exception's message, on one line.</summary>
    public static string OneLine(Exception exception) =>
        string.Join(' ', exception.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is T found)
                return found;
        return null;
    }
}

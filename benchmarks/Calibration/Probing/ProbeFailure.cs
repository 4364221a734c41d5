using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Why a request had no whole answer.</summary>
internal static class ProbeFailure
{
    /// <summary>A phrase for an exception that the handler threw.</summary>
    public static string Describe(Exception exception)
    {
        var http = exception as HttpRequestException;
        var error = http?.HttpRequestError ?? Find<HttpIOException>(exception)?.HttpRequestError;
        if (error == HttpRequestError.ResponseEnded) return "the connection ended before the end of the answer";
        if (error == HttpRequestError.SecureConnectionError)
            return PrintableText.Escape(exception.GetBaseException().Message.TrimEnd('.'));
        var socket = Find<SocketException>(exception);
        return PrintableText.Escape(socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was reset",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name could not be resolved",
            _ => exception.Message.TrimEnd('.'),
        });
    }

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        while (exception is not null and not T) exception = exception.InnerException;
        return exception as T;
    }
}

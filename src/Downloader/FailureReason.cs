namespace Downloader;

/// <summary>The ways a download can fail.</summary>
public enum FailureReason
{
    /// <summary>The status of the response is not 2xx (it can be a redirect that was not followed).</summary>
    HttpStatus,

    /// <summary>No server is listening on that port.</summary>
    ConnectionRefused,

    /// <summary>The connection ended or was reset before a response came.</summary>
    ConnectionReset,

    /// <summary>The host's name could not be resolved.</summary>
    NameNotResolved,

    /// <summary>The certificate was not accepted, or the handshake failed.</summary>
    SecureConnection,

    /// <summary>The download took longer than <see cref="DownloaderOptions.Timeout"/>.</summary>
    Timeout,

    /// <summary>The connection ended before the announced end of the body.</summary>
    BodyTruncated,

    /// <summary>The body is longer than <see cref="DownloaderOptions.MaxBytes"/>.</summary>
    BodyTooLong,

    /// <summary>The <see cref="BodyReader{T}"/> threw an exception; its message is the failure's.</summary>
    BodyReaderFailed,

    /// <summary>The URI, or the target of a redirect, is neither http nor https; the target was not contacted.</summary>
    UnsupportedScheme,

    /// <summary>The run was cancelled before this download ended.</summary>
    Cancelled,

    /// <summary>Anything else, named by the message: a response that is not HTTP or whose Content-Length is invalid, a limit of the
    /// operating system (too many open files).</summary>
    Other,
}

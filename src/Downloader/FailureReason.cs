namespace Downloader;

/// <summary>The ways a download can fail.</summary>
public enum FailureReason
{
    /// <summary>The server answered with a status other than 2xx (a redirect that was not followed to its end included).</summary>
    HttpStatus,

    /// <summary>Nobody listens there.</summary>
    ConnectionRefused,

    /// <summary>The connection ended or was reset before an answer came.</summary>
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

    /// <summary>Neither http nor https.</summary>
    UnsupportedScheme,

    /// <summary>The run was cancelled before this download ended.</summary>
    Cancelled,

    /// <summary>Anything else; the message says what.</summary>
    Other,
}

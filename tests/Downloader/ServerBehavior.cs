namespace Downloader.Tests.Library;

/// <summary>What <see cref="HostileServer"/> does with a request; the first part of the path names it.</summary>
public enum ServerBehavior
{
    /// <summary>The bytes given to <see cref="HostileServer.UrlOfRawResponse"/>.</summary>
    Raw,

    /// <summary>200 and a body of <see cref="HostileServer.GoodBytes"/>.</summary>
    Good,

    /// <summary>The same, in chunks.</summary>
    GoodChunked,

    /// <summary>A redirect to <see cref="Good"/>.</summary>
    Redirect,

    /// <summary>200 and a body as long as the last part of the path says.</summary>
    Bytes,

    /// <summary>The good body, a few bytes at a time.</summary>
    Drip,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection is closed without a response.</summary>
    Empty,

    /// <summary>Content-Length is larger than the body.</summary>
    CutShort,

    /// <summary>The last chunk never comes: the connection is closed.</summary>
    CutShortChunked,

    /// <summary>Some of the body, then a reset.</summary>
    CutShortReset,

    /// <summary>No response, ever.</summary>
    Silent,

    /// <summary>Headers and some of the body, then nothing.</summary>
    Stalled,

    /// <summary>A body without end.</summary>
    Endless,

    /// <summary>A Content-Length of 99 GB; the body is never sent.</summary>
    Huge,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>500 with a body without end.</summary>
    EndlessError,

    /// <summary>429 with a Retry-After of as many seconds as the last part of the path says.</summary>
    TooMany,

    /// <summary>A redirect to itself.</summary>
    RedirectLoop,

    /// <summary>A redirect to an ftp address, where this server answers in HTTP as everywhere.</summary>
    RedirectElsewhere,

    /// <summary>Bytes that are no HTTP.</summary>
    Garbage,
}

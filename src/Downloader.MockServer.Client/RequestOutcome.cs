namespace Downloader.MockServer.Client;

/// <summary>What the server did with a request.</summary>
public enum RequestOutcome : byte
{
    /// <summary>Answered with its page.</summary>
    Served,

    /// <summary>Answered 404: no such page.</summary>
    NotFound,

    /// <summary>Refused with 503: capacity and queue were full.</summary>
    Refused,

    /// <summary>Refused with 429: over the rate limit.</summary>
    RateLimited,

    /// <summary>Met the fault <see cref="FaultKinds.Reset"/>.</summary>
    Reset,

    /// <summary>Met the fault <see cref="FaultKinds.Empty"/>.</summary>
    Empty,

    /// <summary>Met the fault <see cref="FaultKinds.CutShort"/>.</summary>
    CutShort,

    /// <summary>Met the fault <see cref="FaultKinds.ServerError"/>, or the server itself failed: status 500.</summary>
    ServerError,

    /// <summary>The client closed the connection, or cancelled the request, before it was answered.</summary>
    Abandoned,
}

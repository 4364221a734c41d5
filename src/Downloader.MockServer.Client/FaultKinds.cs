namespace Downloader.MockServer.Client;

/// <summary>What can go wrong with a request on purpose.</summary>
[Flags]
public enum FaultKinds : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The connection is reset instead of an answer.</summary>
    Reset = 1,

    /// <summary>The connection is closed without an answer. On a connection that was used before, HttpClient takes this for an idle connection
    /// that timed out and silently sends a GET again: its caller sees no failure, the audit sees one attempt more.</summary>
    Empty = 2,

    /// <summary>The connection is closed in the middle of the body.</summary>
    CutShort = 4,

    /// <summary>Status 500.</summary>
    ServerError = 8,

    /// <summary>All of them, in turn.</summary>
    All = Reset | Empty | CutShort | ServerError,
}

namespace Downloader.MockServer.Client;

/// <summary>The faults that the server can inject.</summary>
[Flags]
public enum FaultKinds : byte
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The connection is reset instead of an answer.</summary>
    Reset = 1,

    /// <summary>The connection is closed without an answer. On a connection that was used before, HttpClient takes this for an idle
    /// connection that timed out and silently sends a GET again: its caller sees no failure, the audit sees one more attempt.</summary>
    Empty = 2,

    /// <summary>The connection is closed in the middle of the body.</summary>
    CutShort = 4,

    /// <summary>Status 500.</summary>
    ServerError = 8,

    /// <summary>All of them, in turn.</summary>
    All = Reset | Empty | CutShort | ServerError,
}

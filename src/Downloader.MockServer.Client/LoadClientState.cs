namespace Downloader.MockServer.Client;

/// <summary>How far a client has come.</summary>
public enum LoadClientState
{
    /// <summary>It has joined, and waits or works.</summary>
    Joined,

    /// <summary>It has sent what it claims of its share.</summary>
    Ended,

    /// <summary>Its connection ended before it had sent that.</summary>
    Lost,
}

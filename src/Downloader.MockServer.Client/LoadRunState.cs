namespace Downloader.MockServer.Client;

/// <summary>How far a run of several clients has come.</summary>
public enum LoadRunState
{
    /// <summary>Clients are missing.</summary>
    Joining,

    /// <summary>All have joined, and were released together.</summary>
    Running,

    /// <summary>All have ended, or were lost.</summary>
    Ended,

    /// <summary>It ended before the release.</summary>
    Failed,
}

namespace Downloader;

/// <summary>What an attempt has shown.</summary>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct AttemptEnd(AttemptOutcome Outcome)
{
    /// <summary>From its start to the headers of its response; null without a response.</summary>
    public TimeSpan? ServiceTime { get; init; }

    /// <summary>Whether it opened a connection, so that its time is not the server's alone.</summary>
    public bool OpenedConnection { get; init; }

    /// <summary>How long the server asks all to wait; null when it does not ask, or for too long.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>A request that a file tells of.</summary>
internal sealed record ImportedRequest
{
    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>From sending it to the end of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From sending it to the head of the answer; null when that is not known.</summary>
    public TimeSpan? UntilAnswer { get; init; }

    /// <summary>The status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How it ended; null for a request that keeps the server busy but is no download, such as a POST.</summary>
    public ObservedOutcome? Outcome { get; init; }

    /// <summary>Length of the body.</summary>
    public long BodyBytes { get; init; }

    /// <summary>The path without its query; null where it is no path that can be replayed.</summary>
    public string? Path { get; init; }

    /// <summary>Set when it was the first request on its connection.</summary>
    public ConnectionTiming? NewConnection { get; init; }

    /// <summary>How long the server asked to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When the answer ended.</summary>
    public DateTimeOffset Ended => Sent + Duration;
}

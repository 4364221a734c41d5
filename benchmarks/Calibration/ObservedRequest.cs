namespace Downloader.Benchmarks.Calibration;

/// <summary>A request as the client saw it. Times are on one monotonic clock, since the start of the calibration.</summary>
public sealed record ObservedRequest
{
    /// <summary>When it was handed to the client; what it waited for before, such as a pace, is over.</summary>
    public required TimeSpan Sent { get; init; }

    /// <summary>When the head of the answer was read; null when there was no answer.</summary>
    public TimeSpan? AnswerBegan { get; init; }

    /// <summary>When the body was read to its end, or the request failed.</summary>
    public required TimeSpan Ended { get; init; }

    /// <summary>The status of the answer; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How it ended.</summary>
    public required ObservedOutcome Outcome { get; init; }

    /// <summary>Bytes of the body that were read.</summary>
    public long BodyBytes { get; init; }

    /// <summary>Which of <see cref="Observations.Pages"/> it asked for.</summary>
    public int Page { get; init; }

    /// <summary>Set when it was the first request on its connection.</summary>
    public ConnectionTiming? NewConnection { get; init; }

    /// <summary>Whether the client's own code was still being compiled: its duration tells nothing of the server.</summary>
    public bool IsWarmUp { get; init; }

    /// <summary>How long the server asked to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Workers at that time; 0 where this is not known.</summary>
    public int Workers { get; init; }

    /// <summary>From sending the request to the end of the answer.</summary>
    public TimeSpan Duration => Ended - Sent;
}

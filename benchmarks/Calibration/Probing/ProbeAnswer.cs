namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>What became of one request.</summary>
/// <param name="Request">What was seen of it.</param>
internal sealed record ProbeAnswer(ObservedRequest Request)
{
    /// <summary>A request that was sent over an open connection, which broke before an answer came: the handler sent it again by itself.
    /// Null where that did not happen.</summary>
    public ObservedRequest? BrokenBefore { get; init; }

    /// <summary>What is wrong with the answer, a phrase; null for a success.</summary>
    public string? Problem { get; init; }

    /// <summary>Where a redirect leads; null where it is none.</summary>
    public string? RedirectTarget { get; init; }

    /// <summary>The version of HTTP that was spoken; null without an answer.</summary>
    public Version? Version { get; init; }

    /// <summary>The beginning of the body, where it was asked for.</summary>
    public string Text { get; init; } = "";

    /// <summary>How long the server asked to wait, or what is usual where it asked for nothing; null after an answer that is no
    /// refusal.</summary>
    public TimeSpan? Wait => Request.RetryAfter ?? (IsRefusal ? DefaultWait : null);

    /// <summary>Whether the server answered that it is asked too much.</summary>
    public bool IsRefusal => Request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited;

    /// <summary>Whether it is a sign that more must not be asked of the server.</summary>
    public bool IsLimit => Wait is not null || Request.Outcome == ObservedOutcome.TimedOut;

    private static TimeSpan DefaultWait => TimeSpan.FromSeconds(1);
}

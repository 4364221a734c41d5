namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>An answer that shows a limit of the server.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="InFlight">How many requests were in flight when it was sent, itself included.</param>
/// <param name="Accepted">How many requests had succeeded since the limit before.</param>
/// <param name="Elapsed">The time since the limit before, or since the start.</param>
internal sealed record LimitSign(ProbeAnswer Answer, int InFlight, int Accepted, TimeSpan Elapsed)
{
    /// <summary>How its request ended.</summary>
    public ObservedOutcome Outcome => Answer.Request.Outcome;
}

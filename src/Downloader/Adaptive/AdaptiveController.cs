namespace Downloader;

/// <summary>Decides when the next attempt of a download may start. Knows neither clock nor network: it is told the time, the starts and
/// the ends. Not thread-safe.</summary>
/// <param name="ceiling">The most attempts in flight, 1 or more.</param>
/// <param name="log">Takes what is decided; null where nobody asks.</param>
internal sealed class AdaptiveController(int ceiling, LimitLog? log = null)
{
    private readonly ConcurrencyLimit _limit = new(ceiling);
    private readonly StartPacing _pacing = new();
    private long _started;

    /// <summary>How many attempts may be in flight.</summary>
    public int Limit => _limit.Current;

    /// <summary>How many are in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>The most starts per second; null while the server has shown no rate limit.</summary>
    public double? StartsPerSecond => _pacing.StartsPerPeriod / _pacing.Period.TotalSeconds;

    /// <summary>Starts an attempt, if one may start now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="attempt">The attempt, when it has started.</param>
    /// <param name="wait">When none has: how long until one may; null where an attempt in flight has to end first.</param>
    public bool TryStart(TimeSpan now, out AdaptiveAttempt attempt, out TimeSpan? wait)
    {
        attempt = default;
        wait = null;
        if (InFlight >= _limit.Current) return false;
        var pause = _pacing.GetWait(now);
        if (pause > TimeSpan.Zero)
        {
            wait = pause;
            return false;
        }

        attempt = new AdaptiveAttempt(_started++, now);
        InFlight++;
        _limit.OnStarted(attempt, InFlight);
        _pacing.OnStarted(now);
        return true;
    }

    /// <summary>Takes the end of an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">What it has shown.</param>
    /// <param name="now">The time.</param>
    public void OnEnded(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now)
    {
        InFlight--;
        if (end.RetryAfter is { } wait) _pacing.Pause(now + wait);
        switch (end.Outcome)
        {
            case AttemptOutcome.Served:
                _limit.OnServed(attempt, end, now);
                break;
            case AttemptOutcome.Refused:
                _pacing.OnNotAccepted(attempt);
                _limit.OnRefused(attempt, end, InFlight, _started, now);
                break;
            case AttemptOutcome.RateLimited:
                _pacing.OnRateLimited(attempt, end.RetryAfter);
                break;
            default:
                // An error comes faster than a response and says nothing: it must not speed anything up.
                break;
        }

        log?.OnEnded(end.Outcome, (int)_started, Limit);
    }
}

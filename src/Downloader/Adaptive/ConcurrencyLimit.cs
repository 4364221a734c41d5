namespace Downloader;

/// <summary>How many attempts may be in flight: doubles each round until the server shows a limit, then follows it.</summary>
/// <param name="ceiling">Never more than this.</param>
internal sealed class ConcurrencyLimit(int ceiling)
{
    /// <summary>More reach a large number sooner and cost more refusals at a small server. With 12, a server that serves 16 at once and
    /// lets none wait refuses 6 % of 160 requests; with 14, 10 %.</summary>
    private const int FirstLimit = 12;

    /// <summary>The smallest share of the limit that the refusals of one round leave.</summary>
    private const double MinShare = 0.7;

    /// <summary>After a refusal, as many rounds without another one come before the limit is probed again.</summary>
    private const int RoundsBeforeProbe = 4;

    /// <summary>A probe may cost the wait that the last refusal asked for: at most this share of the time.</summary>
    private const double MaxShareOfWaits = 0.05;

    private readonly LatencyWatch _latency = new();
    private bool _wasRefused;
    private long _roundStart;
    private double _roundMin = 1;
    private double _step = 1;
    private int _servedSinceChange;
    private TimeSpan _noProbeBefore;
    private bool _hasSamples;
    private long _lastStartAtLimit = -1;
    private TimeSpan _firstEnd = TimeSpan.MaxValue;

    /// <summary>The limit now, 1 or more.</summary>
    public int Current { get; private set; } = Math.Min(FirstLimit, ceiling);

    /// <summary>Takes the start of an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="inFlight">How many are in flight, with this one.</param>
    public void OnStarted(AdaptiveAttempt attempt, int inFlight)
    {
        if (inFlight >= Current) _lastStartAtLimit = attempt.Number;
    }

    /// <summary>Takes the end of an attempt that was served.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">What it has shown.</param>
    /// <param name="now">The time.</param>
    public void OnServed(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now)
    {
        AddSample(attempt, end, now);
        // Where fewer were in flight all the time than allowed, the end shows nothing about more. That fewer are in flight now is no sign:
        // several can end before the next ones start.
        var isLimitUsed = _lastStartAtLimit >= attempt.Number;
        if (!isLimitUsed || Current >= ceiling || _latency.ShowsQueue) return;
        _servedSinceChange++;
        if (!_wasRefused)
        {
            Current++;
        }
        else if (_servedSinceChange >= RoundsBeforeProbe * Current && now >= _noProbeBefore)
        {
            Current = Math.Min(ceiling, Current + (int)_step);
            _step *= 2;
            _servedSinceChange = 0;
        }
    }

    /// <summary>Takes a refusal.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">What it has shown.</param>
    /// <param name="others">How many others are in flight: the server has let them in.</param>
    /// <param name="started">How many attempts have started so far.</param>
    /// <param name="now">The time.</param>
    public void OnRefused(AdaptiveAttempt attempt, in AttemptEnd end, int others, long started, TimeSpan now)
    {
        if (attempt.Number >= _roundStart)
        {
            _roundMin = MinShare * Current;
            _roundStart = started;
        }

        Current = Math.Max(1, (int)Math.Max(_roundMin, Math.Min(Current, others)));
        _wasRefused = true;
        _step = 1;
        _servedSinceChange = 0;
        if (end.RetryAfter is { } wait) _noProbeBefore = now + (wait / MaxShareOfWaits);
    }

    private void AddSample(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now)
    {
        // Those that started before the first one ended waited for connections, also where they share one.
        if (!_hasSamples)
        {
            _hasSamples = true;
            _firstEnd = now;
        }

        if (end.ServiceTime is { } time && !end.OpenedConnection && attempt.StartedAt >= _firstEnd) _latency.Add(time);
    }
}

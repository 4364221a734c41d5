namespace Downloader;

/// <summary>When the next attempt may start: never while the server asks to wait, and, once it has told that requests come too fast, never
/// more in a period than it has accepted in one.</summary>
internal sealed class StartPacing
{
    private const int MaxStarts = 1024;

    /// <summary>The period that a rate limit probably has, where no Retry-After says so.</summary>
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Requests do not take equally long to arrive: the server may see more in a period than the client has sent in it.</summary>
    private const double FirstMargin = 0.03;
    private const double MaxMargin = 0.2;

    /// <summary>As many periods without a 429 come before more starts in a period are tried; each 429 doubles it.</summary>
    private const int FirstHold = 20;
    private const double MaxIncrease = 0.05;

    private readonly TimeSpan[] _starts = new TimeSpan[MaxStarts];
    private long _count;
    private long _oldest;
    private int _counted;
    private TimeSpan _pausedUntil;
    private TimeSpan _firstRefusedStart;
    private TimeSpan _learnedAt;
    private bool _isRefused;
    private double _margin = FirstMargin;
    private int _hold = FirstHold;
    private TimeSpan _noProbeBefore;
    private int _provenStarts;

    /// <summary>The most starts in a <see cref="Period"/>; null while no rate limit is known.</summary>
    public int? StartsPerPeriod { get; private set; }

    /// <summary>The period.</summary>
    public TimeSpan Period { get; private set; }

    /// <summary>How long the next start has to wait; zero for none.</summary>
    public TimeSpan GetWait(TimeSpan now)
    {
        if (now < _pausedUntil) return _pausedUntil - now;
        if (_isRefused) Learn(now);
        if (StartsPerPeriod is not { } most) return TimeSpan.Zero;
        var window = Period * (1 + _margin);
        while (_oldest < _count && (!IsCounted(_oldest) || _starts[_oldest % MaxStarts] <= now - window))
        {
            if (IsCounted(_oldest)) _counted--;
            _oldest++;
        }

        if (now >= _noProbeBefore) most = Probe(most, now);
        return _counted < most ? TimeSpan.Zero : _starts[_oldest % MaxStarts] + window - now;
    }

    /// <summary>Takes a start.</summary>
    public void OnStarted(TimeSpan now)
    {
        if (_count - _oldest == MaxStarts)
        {
            if (IsCounted(_oldest)) _counted--;
            _oldest++;
        }

        _starts[_count++ % MaxStarts] = now;
        _counted++;
    }

    /// <summary>Takes a Retry-After: nobody starts before.</summary>
    public void Pause(TimeSpan until)
    {
        if (until > _pausedUntil) _pausedUntil = until;
    }

    /// <summary>Takes an attempt that the server did not accept, and so does not count.</summary>
    public void OnNotAccepted(AdaptiveAttempt attempt)
    {
        if (attempt.Number < _count - MaxStarts) return;
        if (attempt.Number >= _oldest && IsCounted(attempt.Number)) _counted--;
        _starts[attempt.Number % MaxStarts] = TimeSpan.MinValue;
    }

    /// <summary>Takes a 429.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="retryAfter">Its Retry-After.</param>
    public void OnRateLimited(AdaptiveAttempt attempt, TimeSpan? retryAfter)
    {
        OnNotAccepted(attempt);
        var period = retryAfter > TimeSpan.Zero ? retryAfter.Value : DefaultPeriod;
        if (StartsPerPeriod is null) Period = period;
        if (!_isRefused) _firstRefusedStart = attempt.StartedAt;
        _isRefused = true;
    }

    private bool IsCounted(long number) => _starts[number % MaxStarts] != TimeSpan.MinValue;

    /// <summary>What the server has accepted in the period before it refused is what it accepts in a period.</summary>
    private void Learn(TimeSpan now)
    {
        _isRefused = false;
        // Requests overtake each other: those that started a little later than the refused one count too, if they were accepted.
        var accepted = 0;
        var earliest = now;
        for (var number = Math.Max(0, _count - MaxStarts); number < _count; number++)
        {
            if (!IsCounted(number) || _starts[number % MaxStarts] <= _firstRefusedStart - Period) continue;
            accepted++;
            if (_starts[number % MaxStarts] < earliest) earliest = _starts[number % MaxStarts];
        }

        accepted = Math.Max(1, accepted);
        if (StartsPerPeriod is not { } current)
        {
            // Not all starts of a whole period are remembered: these were as many in a shorter one.
            if (accepted == MaxStarts && earliest < _firstRefusedStart) Period = _firstRefusedStart - earliest;
            StartsPerPeriod = _provenStarts = accepted;
        }
        else
        {
            // A probe has found the limit; without one the margin was too small, unless these are the last refusals of an earlier burst.
            var isNew = _firstRefusedStart >= _learnedAt;
            if (isNew && current == _provenStarts) _margin = Math.Min(MaxMargin, _margin * 1.5);
            if (isNew) _hold *= 2;
            StartsPerPeriod = _provenStarts = Math.Min(_provenStarts, accepted);
        }

        _learnedAt = now;
        _noProbeBefore = now + (_hold * Period);
    }

    private int Probe(int most, TimeSpan now)
    {
        _provenStarts = most;
        most = Math.Min(MaxStarts, most + Math.Max(1, (int)(most * MaxIncrease)));
        StartsPerPeriod = most;
        _noProbeBefore = now + (2 * Period);
        return most;
    }
}

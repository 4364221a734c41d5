using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Downloader;

/// <summary>Lets requests start at a rate, and none while the server asks to wait. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its options, and its timer runs while a request waits.")]
internal sealed class RequestPacer
{
    /// <summary>Tokens for this long may be saved, so that none is lost when the timer is late.</summary>
    private const double SavedSeconds = 0.02;

    private static readonly TimeSpan MaxTick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly TokenBucketRateLimiter _tokens;
    private readonly Timer _timer;
    private readonly TimeSpan _tick;
    private int _waiting;
    private long _pausedUntil;

    /// <param name="rate">Requests per second, 0.001 or more.</param>
    public RequestPacer(double rate)
    {
        // The limiter's own timer adds whole tokens in whole milliseconds, and so keeps another rate: this one adds what the clock says.
        _tokens = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            AutoReplenishment = false,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1 / rate),
            TokensPerPeriod = 1,
            TokenLimit = GetBurst(rate),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var tick = TimeSpan.FromSeconds(Math.Min(1, 0.1 / rate));
        _tick = TimeSpan.FromMilliseconds(Math.Clamp(tick.TotalMilliseconds, 1, MaxTick.TotalMilliseconds));
        _timer = new Timer(static state => ((TokenBucketRateLimiter)state!).TryReplenish(), _tokens, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The most requests that can start at once; in any second, as many more than the rate.</summary>
    public static int GetBurst(double rate) => (int)Math.Ceiling(rate * SavedSeconds) + 1;

    /// <summary>The rate at which a server that counts the requests of any second refuses none: in some second so many more start as the
    /// pacer has saved, and one less is a margin for requests that take unequally long to arrive.</summary>
    /// <param name="limit">What the server accepts, in requests per second.</param>
    public static double GetRateWithin(double limit) => Math.Max(limit / 2, limit - GetBurst(limit) - 1);

    /// <summary>Waits until a request may start.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        do
        {
            await WaitForPauseAsync(cancellationToken).ConfigureAwait(false);
            await TakeTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        while (GetPause() > TimeSpan.Zero);
    }

    /// <summary>Blocks until a request may start.</summary>
    public void Wait(CancellationToken cancellationToken)
    {
        do
        {
            while (GetPause() is { Ticks: > 0 } pause) Sleep(pause, cancellationToken);
            while (!TryTakeToken()) Sleep(_tick, cancellationToken);
        }
        while (GetPause() > TimeSpan.Zero);
    }

    /// <summary>Lets nothing start for a time.</summary>
    public void Pause(TimeSpan wait)
    {
        var until = Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
        lock (_lock)
        {
            if (until > _pausedUntil) _pausedUntil = until;
        }
    }

    private TimeSpan GetPause()
    {
        lock (_lock)
        {
            return Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _pausedUntil);
        }
    }

    private async ValueTask WaitForPauseAsync(CancellationToken cancellationToken)
    {
        while (GetPause() is { Ticks: > 0 } pause) await Task.Delay(RoundUp(pause), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TakeTokenAsync(CancellationToken cancellationToken)
    {
        _tokens.TryReplenish();
        var acquiring = _tokens.AcquireAsync(1, cancellationToken);
        if (acquiring.IsCompleted)
        {
            (await acquiring.ConfigureAwait(false)).Dispose();
            return;
        }

        SetWaiting(1);
        try
        {
            (await acquiring.ConfigureAwait(false)).Dispose();
        }
        finally
        {
            SetWaiting(-1);
        }
    }

    /// <summary>The timer runs while somebody waits.</summary>
    private void SetWaiting(int change)
    {
        lock (_lock)
        {
            var before = _waiting;
            _waiting += change;
            if (before == 0) _timer.Change(_tick, _tick);
            else if (_waiting == 0) _timer.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    private bool TryTakeToken()
    {
        _tokens.TryReplenish();
        using var lease = _tokens.AttemptAcquire();
        return lease.IsAcquired;
    }

    private static void Sleep(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(RoundUp(time));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits count whole milliseconds, and not more than an int of them.</summary>
    private static TimeSpan RoundUp(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Min(int.MaxValue, Math.Ceiling(time.TotalMilliseconds)));
}

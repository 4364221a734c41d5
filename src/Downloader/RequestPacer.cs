using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Downloader;

/// <summary>Lets requests start at a rate, and none while the server asks to wait. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its options, and its timer runs while a request waits.")]
internal sealed class RequestPacer
{
    /// <summary>Up to this rate requests start one at a time.</summary>
    public const double MaxRateOneAtATime = 20;

    /// <summary>Tokens for this long may be saved, so that none is lost when the timer is late.</summary>
    public const double SavedSeconds = 0.02;

    /// <summary>A request takes so many of the limiter's permits: a bucket can then hold a part of one.</summary>
    private const int PermitsPerRequest = 1000;

    /// <summary>One at a time at this share of its limit, no window has more: its first request is older than the window when the one comes
    /// that would be too many, also if that comes <see cref="SavedSeconds"/> early, and 30 ms sooner for a window of a second.</summary>
    private const double OneAtATimeShare = 0.95;

    /// <summary>The first request of all opens a connection and runs code for the first time, and so may arrive this much later than it
    /// started. Where requests start one at a time, the second one waits for so much longer.</summary>
    private const double FirstSeconds = 0.15;

    private static readonly TimeSpan MaxTick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly TokenBucketRateLimiter _tokens;
    private readonly Timer _timer;
    private readonly TimeSpan _tick;
    private readonly double _firstGap;
    private int _started;
    private int _waiting;
    private long _heldUntil;
    private long _pausedUntil;

    /// <param name="rate">Requests per second, 0.001 or more.</param>
    public RequestPacer(double rate)
    {
        // The limiter's own timer adds whole tokens in whole milliseconds, and so keeps another rate: this one adds what the clock says.
        _tokens = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            AutoReplenishment = false,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1 / rate),
            TokensPerPeriod = PermitsPerRequest,
            TokenLimit = (int)(GetBucket(rate) * PermitsPerRequest),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var tick = TimeSpan.FromSeconds(Math.Min(1, 0.1 / rate));
        _tick = TimeSpan.FromMilliseconds(Math.Clamp(tick.TotalMilliseconds, 1, MaxTick.TotalMilliseconds));
        _firstGap = GetFirstExtra(rate) > 0 ? (1 / rate) + GetFirstExtra(rate) : 0;
        _timer = new Timer(static state => ((RequestPacer)state!).Replenish(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The most requests that can start at once; in any second, as many more than the rate.</summary>
    public static int GetBurst(double rate) => (int)GetBucket(rate);

    /// <summary>The size of the bucket, in requests. A part of one lets a request start as early as the one before it was late.</summary>
    public static double GetBucket(double rate)
    {
        var saved = rate * SavedSeconds;
        return 1 + (rate <= MaxRateOneAtATime ? saved : Math.Ceiling(saved));
    }

    /// <summary>How much longer than others the second request waits, in seconds.</summary>
    public static double GetFirstExtra(double rate) => rate <= MaxRateOneAtATime ? FirstSeconds : 0;

    /// <summary>The rate at which a server that counts the requests of any second refuses none: in some second so many more start as the
    /// pacer has saved, and one less is a margin for requests that take unequally long to arrive. Where that is more, it is a rate at which
    /// requests start one at a time.</summary>
    /// <param name="limit">What the server accepts, in requests per second.</param>
    public static double GetRateWithin(double limit) =>
        Math.Max(limit - GetBurst(limit) - 1, Math.Min(limit * OneAtATimeShare, MaxRateOneAtATime));

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
        Replenish();
        var acquiring = _tokens.AcquireAsync(PermitsPerRequest, cancellationToken);
        if (acquiring.IsCompleted)
        {
            (await acquiring.ConfigureAwait(false)).Dispose();
            HoldAfterFirst();
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
        Replenish();
        using var lease = _tokens.AttemptAcquire(PermitsPerRequest);
        if (lease.IsAcquired) HoldAfterFirst();
        return lease.IsAcquired;
    }

    /// <summary>Adds the tokens of the time that has passed. What passed while they were held comes with the next call, as far as the
    /// bucket holds it.</summary>
    private void Replenish()
    {
        lock (_lock)
        {
            if (Stopwatch.GetTimestamp() < _heldUntil) return;
        }

        _tokens.TryReplenish();
    }

    /// <summary>The bucket is full at first, so that the first request finds its token there.</summary>
    private void HoldAfterFirst()
    {
        if (_firstGap == 0 || Interlocked.Exchange(ref _started, 1) != 0) return;
        lock (_lock)
        {
            _heldUntil = Stopwatch.GetTimestamp() + (long)(_firstGap * Stopwatch.Frequency);
        }
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

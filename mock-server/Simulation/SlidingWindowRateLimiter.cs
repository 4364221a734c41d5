namespace Downloader.MockServer.Simulation;

/// <summary>Accepts at most so many requests within any window of time, exactly.</summary>
/// <remarks>The window is as long as its whole number of requests takes at the rate: a second for whole rates, ten seconds for 0.1.
/// System.Threading.RateLimiting's sliding window moves in segments on a timer, so that it is exact only to a segment.</remarks>
internal sealed class SlidingWindowRateLimiter : IRateLimiter
{
    private readonly Lock _lock = new();
    private readonly TimeSpan[] _accepted;
    private readonly TimeSpan _window;
    private long _count;

    /// <param name="rate">Requests per second, 0.001 to 1,000,000.</param>
    public SlidingWindowRateLimiter(double rate)
    {
        _accepted = new TimeSpan[Math.Max(1, (int)rate)];
        _window = TimeSpan.FromSeconds(_accepted.Length / rate);
    }

    public bool TryAcquire(TimeSpan now)
    {
        lock (_lock)
        {
            ref var oldest = ref _accepted[_count % _accepted.Length];
            if (_count >= _accepted.Length && now - oldest < _window) return false;
            oldest = now;
            _count++;
            return true;
        }
    }
}

namespace Downloader.MockServer.Simulation;

/// <summary>Counts requests in a sliding window: within any second no more than the rate are taken, exactly.</summary>
/// <remarks>The window is as long as its whole number of requests takes at the rate: a second for whole rates, ten seconds for 0.1.</remarks>
internal sealed class RateLimit
{
    private readonly Lock _lock = new();
    private readonly TimeSpan[] _taken;
    private readonly TimeSpan _window;
    private long _count;

    /// <param name="rate">Requests per second, more than 0.</param>
    public RateLimit(double rate)
    {
        _taken = new TimeSpan[Math.Max(1, (int)rate)];
        _window = TimeSpan.FromSeconds(_taken.Length / rate);
    }

    /// <summary>Whether a request that arrives now is taken; one that is refused does not count.</summary>
    public bool Takes(TimeSpan now)
    {
        lock (_lock)
        {
            ref var oldest = ref _taken[_count % _taken.Length];
            if (_count >= _taken.Length && now - oldest < _window) return false;
            oldest = now;
            _count++;
            return true;
        }
    }
}

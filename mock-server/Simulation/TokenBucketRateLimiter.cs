namespace Downloader.MockServer.Simulation;

/// <summary>A token bucket: each accepted request takes a token, and tokens come at the rate until the bucket is full, exactly.</summary>
/// <remarks>System.Threading.RateLimiting's bucket is refilled in steps by a timer.</remarks>
/// <param name="rate">Tokens per second, 0.001 to 1,000,000.</param>
/// <param name="burst">The most tokens, 1 or more; so many are there at first.</param>
internal sealed class TokenBucketRateLimiter(double rate, int burst) : IRateLimiter
{
    private readonly Lock _lock = new();
    private double _tokens = burst;
    private TimeSpan? _last;

    public bool TryAcquire(TimeSpan now)
    {
        lock (_lock)
        {
            // Requests that arrive at the same time may come here in another order.
            var last = _last ?? now;
            if (now > last) _tokens = Math.Min(burst, _tokens + (rate * (now - last).TotalSeconds));
            _last = now > last ? now : last;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}

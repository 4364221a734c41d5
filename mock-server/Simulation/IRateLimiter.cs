namespace Downloader.MockServer.Simulation;

/// <summary>Decides which requests are accepted under a limit on requests per second.</summary>
internal interface IRateLimiter
{
    /// <summary>Whether a request that arrives now is accepted; one that is not does not count.</summary>
    bool TryAcquire(TimeSpan now);
}

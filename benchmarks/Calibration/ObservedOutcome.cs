namespace Downloader.Benchmarks.Calibration;

/// <summary>How a request of a calibration ended, as the client saw it.</summary>
public enum ObservedOutcome
{
    /// <summary>A whole answer of status 200 to 299.</summary>
    Succeeded,

    /// <summary>503: the server was too busy.</summary>
    Refused,

    /// <summary>429: too many requests in a time.</summary>
    RateLimited,

    /// <summary>Another status, or an answer that broke off or was malformed.</summary>
    Failed,

    /// <summary>No whole answer within the time that the client waits.</summary>
    TimedOut,
}

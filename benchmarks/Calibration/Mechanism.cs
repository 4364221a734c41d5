namespace Downloader.Benchmarks.Calibration;

/// <summary>What limits a server, as far as it was seen.</summary>
public enum Mechanism
{
    /// <summary>No limit was seen up to the largest number of workers that was tried.</summary>
    None,

    /// <summary>It serves so many requests at once; others wait.</summary>
    Queue,

    /// <summary>It serves so many requests at once and refuses others with 503.</summary>
    Refusal,

    /// <summary>It accepts so many requests in a time and refuses others with 429.</summary>
    Rate,
}

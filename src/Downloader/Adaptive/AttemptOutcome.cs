namespace Downloader;

/// <summary>How an attempt ended, as far as it says something about the server's load.</summary>
internal enum AttemptOutcome
{
    /// <summary>With a response that is no refusal.</summary>
    Served,

    /// <summary>Without one that says anything: a lost connection, a timeout, a server error, a cancellation.</summary>
    Failed,

    /// <summary>503: too many requests at once.</summary>
    Refused,

    /// <summary>429: too many requests in a period.</summary>
    RateLimited,
}

namespace Downloader.Benchmarks.Execution;

/// <summary>Which downloads share a session.</summary>
public enum ClientPolicy
{
    /// <summary>One client for all.</summary>
    Shared,

    /// <summary>A new client, and so a new connection, for each download.</summary>
    New,

    /// <summary>One client per worker.</summary>
    PerWorker,

    /// <summary>What IHttpClientFactory hands out.</summary>
    Factory,

    /// <summary>The same, in a program that logs what the factory's clients log by default.</summary>
    LoggedFactory,
}

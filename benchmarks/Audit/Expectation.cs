using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server must see in each iteration of a case.</summary>
public sealed record Expectation
{
    /// <summary>Downloads per iteration, by page.</summary>
    public required IReadOnlyDictionary<Page, int> DownloadsByPage { get; init; }

    /// <summary>The most requests in flight at once, 1 or more.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Whether the strategy decides by itself how many requests may be in flight, up to <see cref="MaxInFlight"/>, and its client
    /// reports what it decided.</summary>
    public bool DecidesInFlight { get; init; }

    /// <summary>Whether each request must come on a connection of its own.</summary>
    public bool HasConnectionPerRequest { get; init; }

    /// <summary>The most connections of one iteration, those that replace a broken connection apart. Without meaning when each request has
    /// its own.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>How often the client repeats an attempt that met a fault or a refusal, at most, until the download succeeds; 0 for
    /// never.</summary>
    public int MaxRetries { get; init; }

    /// <summary>What the server does: the sizes of its pages, its latencies and its rate limit.</summary>
    public Scenario Scenario { get; init; } = new();

    /// <summary>The protocol of every request.</summary>
    public required WireProtocol Protocol { get; init; }

    /// <summary>Downloads per iteration.</summary>
    public int Downloads => DownloadsByPage.Values.Sum();
}

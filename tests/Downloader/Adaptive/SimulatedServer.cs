namespace Downloader.Tests.Library.Adaptive;

/// <summary>The conditions of a simulated server, in milliseconds.</summary>
internal sealed record SimulatedServer
{
    /// <summary>The median service time.</summary>
    public double Latency { get; init; } = 20;

    /// <summary>The 99th percentile of a log-normal service time; null for a constant one.</summary>
    public double? LatencyP99 { get; init; }

    /// <summary>What a new connection costs.</summary>
    public double ConnectLatency { get; init; } = 0.3;

    /// <summary>Whether all requests share one connection.</summary>
    public bool SharesConnection { get; init; }

    public int Capacity { get; init; } = int.MaxValue;

    public int Queue { get; init; } = int.MaxValue;

    /// <summary>When the capacity becomes half of it; null for never.</summary>
    public double? HalvedAt { get; init; }

    /// <summary>Requests in any second; null for no limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>The Retry-After of 503 and 429; null for none.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>The share of requests that fail, at once, whatever the load.</summary>
    public double ErrorShare { get; init; }
}

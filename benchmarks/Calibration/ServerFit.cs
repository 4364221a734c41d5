using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration;

/// <summary>The server that explains what was seen.</summary>
public sealed record ServerFit
{
    /// <summary>How long a request takes on a connection that is open, while no request waits for another.</summary>
    public required LatencyQuantiles Latency { get; init; }

    /// <summary>The mean of it, in milliseconds.</summary>
    public required Interval MeanLatencyMs { get; init; }

    /// <summary>Its standard deviation divided by its mean.</summary>
    public required double CoefficientOfVariation { get; init; }

    /// <summary>The same with its interval; null where it is no estimate.</summary>
    public Interval? VariationInterval { get; init; }

    /// <summary>How many requests it takes to know the mean within 5 %, with 95 % confidence: (1.96 · CV / 0.05)².</summary>
    public required int RequestsForFivePercent { get; init; }

    /// <summary>How many service times <see cref="Latency"/> is made of; null where it is no estimate.</summary>
    public int? LatencySamples { get; init; }

    /// <summary>Of a duration, what passes outside the server, in milliseconds; 0 where it was not seen.</summary>
    public double OverheadMs { get; init; }

    /// <summary>What the first request of a new connection takes more than another, in milliseconds; null where none was seen.</summary>
    public Interval? ConnectLatencyMs { get; init; }

    /// <summary>The median time to look up the host's address, in milliseconds; null where it is not known.</summary>
    public double? DnsMs { get; init; }

    /// <summary>The median time to open a connection, in milliseconds; null where it is not known.</summary>
    public double? TcpMs { get; init; }

    /// <summary>The median time of a TLS handshake, in milliseconds; null where there is none or it is not known.</summary>
    public double? TlsMs { get; init; }

    /// <summary><see cref="DnsMs"/> with its interval; null where it was seen too rarely for one.</summary>
    public Interval? DnsInterval { get; init; }

    /// <summary><see cref="TcpMs"/> with its interval; null where it was seen too rarely for one.</summary>
    public Interval? TcpInterval { get; init; }

    /// <summary><see cref="TlsMs"/> with its interval; null where it was seen too rarely for one.</summary>
    public Interval? TlsInterval { get; init; }

    /// <summary>What limits the server.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>How many requests it serves at once; null where no such limit was seen.</summary>
    public Interval? Capacity { get; init; }

    /// <summary>How many requests wait, at most, as far as it was seen; null where none was seen to wait.</summary>
    public int? Queue { get; init; }

    /// <summary>Whether more than <see cref="Queue"/> may be able to wait: no request was refused.</summary>
    public bool QueueIsLowerBound { get; init; }

    /// <summary>How many requests it accepts per second; null where no such limit was seen.</summary>
    public Interval? RateLimitPerSecond { get; init; }

    /// <summary>Whether <see cref="RateLimitPerSecond"/> has an interval whose ends differ by more than a tenth.</summary>
    public bool IsRateVague => RateLimitPerSecond is { } limit && limit.High > 1.1 * limit.Low;

    /// <summary>How many requests it accepts at once where the limit is a token bucket; null where it counts within a window.</summary>
    public int? RateBurst { get; init; }

    /// <summary>The number of workers with which the climb ended although no limit explains it; null where it did not.</summary>
    public int? StoppedAt { get; init; }

    /// <summary>The pause between two requests that robots.txt asks for; null for none.</summary>
    public TimeSpan? CrawlDelay { get; init; }

    /// <summary>How long it asked to wait after a refusal; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The share of requests that failed for other reasons than a limit.</summary>
    public required Interval FaultShare { get; init; }

    /// <summary>The share of requests that downloads lose although the server fails none: see
    /// <see cref="Fitting.ServerFitter.LostOverHttp10"/>.</summary>
    public double LostRequestShare { get; init; }

    /// <summary>Of the requests that failed for other reasons than a limit, the share that lost their connection.</summary>
    public double LostConnectionShare { get; init; }

    /// <summary>The pages, and their sizes.</summary>
    public required IReadOnlyList<ObservedPage> Pages { get; init; }

    /// <summary>The protocol of the requests.</summary>
    public WireProtocol Protocol { get; init; }

    /// <summary>What was seen with each number of workers.</summary>
    public required IReadOnlyList<LevelFigures> Levels { get; init; }

    /// <summary>How long requests take with each number of workers, in rising order, where they take clearly longer with more workers and
    /// no limit explains it; empty otherwise.</summary>
    public IReadOnlyList<LevelLatency> LatencyByWorkers { get; init; } = [];

    /// <summary>What the calibration cannot know, a sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>The server of a scenario, all of which is known.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="samples">How many requests its latency was learnt from; null where it is exact.</param>
    public static ServerFit FromScenario(Scenario scenario, int? samples = null) => ScenarioFit.Create(scenario, samples);

    /// <summary>The scenario under which the mock server treats requests alike.</summary>
    public Scenario ToScenario() => ScenarioFit.ToScenario(this);
}

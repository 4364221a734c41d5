using static Downloader.MockServer.Client.OptionValues;
using static Downloader.MockServer.Client.ScenarioOptionDefinition;

namespace Downloader.MockServer.Client;

/// <summary>All options of the scenario: the one place that says which values each takes, on the command line and in the control paths'
/// JSON.</summary>
/// <remarks>Each range is one that the server's arithmetic bears: no value in it overflows a time or a count.</remarks>
internal static class ScenarioOptionDefinitions
{
    /// <summary>Connections to the control paths are delayed like any other: a longer delay would exceed the timeout of
    /// <see cref="MockServerClient"/>.</summary>
    private const double MaxConnectMilliseconds = 10_000;

    private const int MaxPageBytes = 100_000_000;
    private const string PayloadValues = "the sizes of /jython and /dice in bytes, each between 0 and 100000000, as in 10966,276";
    private const string QuantileValues =
        "2 to 1001 numbers of milliseconds, each between 0.001 and 600000 and none below the one before, as in 40,50,90";
    private const string PageValues =
        "1 to 200 pages with different paths that begin with / (a comma is %2C), as in /a=500,/b=2000; at most 100000000 bytes and "
        + "10000 characters of paths together";
    private const int MaxRequests = 1_000_000;

    /// <summary>One request in 1,000 seconds. The server's window is as long as the longest wait between two requests.</summary>
    private const double MinRate = 0.001;

    private static readonly double MinQuantileMilliseconds = LatencyQuantiles.MinLatency.TotalMilliseconds;
    private static readonly double MaxMilliseconds = Scenario.MaxLatency.TotalMilliseconds;

    private static readonly Dictionary<string, FaultKinds> FaultNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["reset"] = FaultKinds.Reset,
        ["empty"] = FaultKinds.Empty,
        ["cut-short"] = FaultKinds.CutShort,
        ["server-error"] = FaultKinds.ServerError,
    };

    private static readonly Dictionary<string, WireProtocol> ProtocolNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http1"] = WireProtocol.Http1,
        ["http2"] = WireProtocol.Http2,
        ["https"] = WireProtocol.Https,
    };

    public static IReadOnlyList<ScenarioOptionDefinition> All { get; } =
    [
        Create("--latency", "latencyMs", "MS", Milliseconds(MaxMilliseconds),
            "How long each request is served; the median where --latency-p99 is given",
            scenario => scenario.Latency, (scenario, time) => scenario with { Latency = time }),
        Create("--latency-jitter", "latencyJitterMs", "MS", Milliseconds(MaxMilliseconds, "between 0 and --latency"),
            "Uniform latency: --latency plus or minus up to this much",
            scenario => scenario.LatencyJitter, (scenario, time) => scenario with { LatencyJitter = time }),
        Create("--latency-p99", "latencyP99Ms", "MS", Milliseconds(MaxMilliseconds, $"above --latency, up to {MaxMilliseconds}"),
            "Heavy-tailed (log-normal) latency: its 99th percentile, --latency being the median",
            scenario => scenario.LatencyP99, (scenario, time) => scenario with { LatencyP99 = time }),
        Create("--latency-quantiles", "latencyQuantilesMs", "MS,MS,…", QuantileValues,
            "Latency from a table of its quantiles at even steps, the first the minimum, the last the maximum, instead of --latency",
            JsonForm.Array(
                JsonForm.Number(MinQuantileMilliseconds, MaxMilliseconds), LatencyQuantiles.MinValues, LatencyQuantiles.MaxValues),
            LatencyQuantiles.Parse,
            scenario => scenario.LatencyQuantiles, (scenario, table) => scenario with { LatencyQuantiles = table }),
        Create("--seed", "seed", "N", Integers(int.MinValue, int.MaxValue), "Where the random numbers of latency and faults start",
            scenario => scenario.Seed, (scenario, seed) => scenario with { Seed = seed }),
        Create("--connect-latency", "connectLatencyMs", "MS", Milliseconds(MaxConnectMilliseconds),
            "What each new connection costs before its first request",
            scenario => scenario.ConnectLatency, (scenario, time) => scenario with { ConnectLatency = time }),
        Create("--payload", "payloadBytes", "JYTHON,DICE", IntegerPairs(PayloadValues, MaxPageBytes), "The sizes of the two pages",
            scenario => (scenario.JythonBytes, scenario.DiceBytes),
            (scenario, sizes) => scenario with { JythonBytes = sizes.First, DiceBytes = sizes.Second }),
        Create("--pages", "pages", "PATH=BYTES,…", PageValues,
            "Pages of the server's own, which the suites download in turn instead of /jython and /dice",
            JsonForm.Pages,
            ScenarioPages.Parse,
            scenario => scenario.Pages, (scenario, pages) => scenario with { Pages = pages }),
        Create("--capacity", "capacity", "K", Integers(1, MaxRequests), "The most requests served at once; the others wait",
            scenario => scenario.Capacity, (scenario, count) => scenario with { Capacity = count }),
        Create("--queue", "queue", "Q", Integers(0, MaxRequests), "The most requests that wait for --capacity; past that 503",
            scenario => scenario.Queue, (scenario, count) => scenario with { Queue = count }),
        Create("--rate-limit", "rateLimitPerSecond", "R", Numbers("of requests per second ", MinRate, MaxRequests),
            "The most requests accepted per second; past that 429",
            scenario => scenario.RateLimit, (scenario, rate) => scenario with { RateLimit = rate }),
        Create("--rate-burst", "rateBurst", "N", Integers(1, MaxRequests),
            "The most requests accepted at once under --rate-limit, which is then a token bucket; without it no second may have more "
                + "than the limit",
            scenario => scenario.RateBurst, (scenario, count) => scenario with { RateBurst = count }),
        Create("--retry-after", "retryAfterSeconds", "SECONDS", WholeSeconds(max: 3600), "The Retry-After of 503 and 429",
            scenario => scenario.RetryAfter, (scenario, time) => scenario with { RetryAfter = time }),
        Create("--fault-share", "faultShare", "SHARE", Numbers("", 0, 1), "The share of requests that meet a fault",
            scenario => scenario.FaultShare, (scenario, share) => scenario with { FaultShare = share }),
        Create("--faults", "faults", "KINDS", Faults(FaultNames), "The kinds of these faults, in turn",
            scenario => scenario.Faults, (scenario, kinds) => scenario with { Faults = kinds }),
        Create("--protocol", "protocol", "PROTOCOL", Names(ProtocolNames),
            "The protocol of the suite's clients; the server always offers all, each on its own endpoint",
            scenario => scenario.Protocol, (scenario, protocol) => scenario with { Protocol = protocol }),
    ];

    /// <summary>The option of this name.</summary>
    public static ScenarioOptionDefinition Get(string name) => All.First(definition => definition.Name == name);
}

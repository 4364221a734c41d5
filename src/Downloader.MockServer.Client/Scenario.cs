namespace Downloader.MockServer.Client;

/// <summary>The conditions that the mock server imposes. The same scenario and seed treat the k-th request of an iteration alike, on every
/// machine.</summary>
public sealed record Scenario
{
    /// <summary>The longest latency of a request, ten minutes: the maximum of the options, and where a heavy tail is cut.</summary>
    public static readonly TimeSpan MaxLatency = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of the page /large, whatever the options say.</summary>
    public const int LargeBytes = 1_000_000;

    private readonly TimeSpan _latency = TimeSpan.FromMilliseconds(50);
    private readonly LatencyQuantiles? _latencyQuantiles;

    /// <summary>How long a request is served: constant, or the centre of <see cref="LatencyJitter"/>, or the median under
    /// <see cref="LatencyP99"/> or of <see cref="LatencyQuantiles"/>. A latency that is not their median replaces these.</summary>
    public TimeSpan Latency
    {
        get => _latency;
        init
        {
            _latency = value;
            if (_latencyQuantiles?.Median != value) _latencyQuantiles = null;
        }
    }

    /// <summary>Uniform latency: <see cref="Latency"/> plus or minus up to this much. Zero: none.</summary>
    public TimeSpan LatencyJitter { get; init; }

    /// <summary>Heavy-tailed latency: log-normal, with <see cref="Latency"/> as the median and this as the 99th percentile, cut at
    /// <see cref="MaxLatency"/>. Null: none.</summary>
    public TimeSpan? LatencyP99 { get; init; }

    /// <summary>Latency drawn from a table; <see cref="Latency"/> is then its median. Null: none.</summary>
    public LatencyQuantiles? LatencyQuantiles
    {
        get => _latencyQuantiles;
        init
        {
            _latencyQuantiles = value;
            if (value is not null) _latency = value.Median;
        }
    }

    /// <summary>Where the random numbers for latency and faults start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What each new connection costs before its first request is read, at most ten seconds. Connections of
    /// <see cref="MockServerClient"/>
    /// cost as much.</summary>
    public TimeSpan ConnectLatency { get; init; }

    /// <summary>Bytes of the page /jython.</summary>
    public int JythonBytes { get; init; } = 10_966;

    /// <summary>Bytes of the page /dice.</summary>
    public int DiceBytes { get; init; } = 276;

    /// <summary>Pages of its own, which the suites download in turn instead of /jython and /dice. Null: none.</summary>
    public ScenarioPages? Pages { get; init; }

    /// <summary>The most requests served at once; the others wait. Null: no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>The most requests that wait for <see cref="Capacity"/>; past that, 503. Null: no limit.</summary>
    public int? Queue { get; init; }

    /// <summary>Requests per second, 0.001 to 1,000,000; past that, 429. Null: no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>The most requests accepted at once under <see cref="RateLimit"/>: a token bucket, full at first and refilled at that rate.
    /// Null: as many requests as the rate allows are accepted within any window, whose length is a second for whole rates.</summary>
    public int? RateBurst { get; init; }

    /// <summary>The Retry-After of 503 and 429; whole seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The share of requests that meet a fault, 0 to 1.</summary>
    public double FaultShare { get; init; }

    /// <summary>Which faults those are, in turn.</summary>
    public FaultKinds Faults { get; init; } = FaultKinds.All;

    /// <summary>The protocol of the suite's clients. The server offers all of them at any time, each on its own endpoint.</summary>
    public WireProtocol Protocol { get; init; }

    /// <summary>The length of a page's body, in bytes.</summary>
    /// <param name="page">One of the pages that are served.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public int GetBytes(Page page) => page switch
    {
        >= ListedPages.First when page.GetPosition() < Pages?.Count => Pages![page - ListedPages.First].Bytes,
        Page.Jython => JythonBytes,
        Page.Dice => DiceBytes,
        Page.Large => LargeBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No page that is served."),
    };

    /// <summary>The path of a page.</summary>
    /// <param name="page">One of the pages that are served.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public string GetPath(Page page) => page switch
    {
        >= ListedPages.First when page.GetPosition() < Pages?.Count => Pages![page - ListedPages.First].Path,
        Page.Jython => "/jython",
        Page.Dice => "/dice",
        Page.Large => "/large",
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No page that is served."),
    };

    /// <summary>Checks every field, and those that must fit each other.</summary>
    /// <exception cref="ScenarioException">One line with the option, the value and the allowed values.</exception>
    public void Validate() => ScenarioValidator.Check(this);
}

namespace Downloader.MockServer.Client;

/// <summary>The conditions the mock server imposes. The same scenario and seed meet the k-th request of an iteration alike, on every machine.</summary>
public sealed record Scenario
{
    /// <summary>How long a request is served: constant, or the centre of <see cref="LatencyJitter"/>, or the median under <see cref="LatencyP99"/>.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Uniform latency: <see cref="Latency"/> plus or minus up to this much. Zero: none.</summary>
    public TimeSpan LatencyJitter { get; init; }

    /// <summary>Heavy-tailed latency: log-normal, with <see cref="Latency"/> as the median and this as the 99th percentile. Null: none.</summary>
    public TimeSpan? LatencyP99 { get; init; }

    /// <summary>Where the random numbers for latency and faults start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What each new connection costs before its first request is looked at, at most ten seconds. Those of <see cref="MockServerClient"/> cost
    /// as much.</summary>
    public TimeSpan ConnectLatency { get; init; }

    /// <summary>Bytes of the page /jython.</summary>
    public int JythonBytes { get; init; } = 10_966;

    /// <summary>Bytes of the page /dice.</summary>
    public int DiceBytes { get; init; } = 276;

    /// <summary>The most requests served at once; the others wait. Null: no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>The most requests that wait for <see cref="Capacity"/>; past that, 503. Null: no limit.</summary>
    public int? Queue { get; init; }

    /// <summary>Requests per second; past that, 429. Null: no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>What 503 and 429 say in Retry-After; whole seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The share of requests that meet a fault, 0 to 1.</summary>
    public double FaultShare { get; init; }

    /// <summary>Which faults those are, in turn.</summary>
    public FaultKinds Faults { get; init; } = FaultKinds.All;

    /// <summary>What the suite's clients speak. The server speaks all of them at any time, each on its own endpoint.</summary>
    public WireProtocol Protocol { get; init; }

    /// <summary>Checks every field, and those that must fit each other.</summary>
    /// <exception cref="ScenarioException">One line that names the option, the value and what it takes.</exception>
    public void Validate() => ScenarioValidator.Check(this);
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server that accepts 100 requests in any second and refuses the others with 429 and Retry-After: worker counts that try again,
/// a token bucket in front of the workers, and the strategy that learns the rate.</summary>
public class RateLimit : Suite
{
    private const int Retries = 20;
    private const int PacedWorkers = 16;
    private const int Ceiling = 64;

    /// <summary>Where the command line sets no limit.</summary>
    private const double DefaultRate = 100;

    public override string Question => "How fast may it go, when the server limits requests per second?";

    public override bool TakesRetries => false;

    /// <summary>A run takes seconds, and is decided by the limit.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 2);

    /// <summary>Below the limit at 50 ms (4 workers make 80 a second), a little above it, and far above it.</summary>
    public static IEnumerable<int> WorkerCounts => [4, 8, 64];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(50), RateLimit = DefaultRate };

    protected override int DefaultDownloads => 300;

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WorkerLoops(int workers) => Run(Case("WorkerLoops", workers) with { Variant = "retry", MaxRetries = Retries });

    /// <summary>System.Threading.RateLimiting in front of the workers.</summary>
    [Benchmark]
    public Task WorkerLoopsPaced() => Run(Case("WorkerLoops", PacedWorkers) with
    {
        Variant = "paced",
        MaxRetries = Retries,
        Rate = Settings.Rate ?? RequestPacer.GetRateWithin(Scenario.RateLimit ?? DefaultRate),
    });

    [Benchmark]
    public Task Adaptive() => Run(Case("Adaptive", Ceiling) with { Variant = "retry", MaxRetries = Retries });

    public override Conclusion Conclude(SuiteAnalysis suite) => CaseComparison.Conclude(suite);

    /// <summary>What pacing and learning the rate took.</summary>
    public override IEnumerable<string> DescribeRateLimited(SuiteAnalysis suite) => suite.ValidRows
        .Where(row => row.Result is { Variant: "paced" } or { Strategy: "Adaptive" } && row.Figures.Attempts is not null)
        .Select(row => $"{row.FullName} took {SentenceFragments.Median(row)}: {ReportFormat.Number(row.Figures.Attempts!.Value)} requests "
            + $"for {ReportFormat.Pluralize(row.Result.Downloads, "download")}.");

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) =>
    [
        BarChart.CreateMakespans(suite),
        .. suite.Rows.Where(row => row.Result is { Strategy: "Adaptive", Waterfall.Count: > 0 }).Select(LineChart.CreateInFlight),
    ];
}

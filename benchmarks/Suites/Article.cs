using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>The three runs of the article this project grew out of, and each strategy in place of its threads.</summary>
public class Article : Suite
{
    private const int Threads = 5;

    public override string Question => "Why did 160 downloads take 19 s without a session, 9 s with one, and 3 s with 5 threads?";

    public override bool ShowsIdealMs => true;

    /// <summary>The slowest case takes 18 s: one iteration in each of the rounds is enough.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 1);

    public override IReadOnlyList<string> Notes =>
        ["The row IHttpClientFactory is made with the factory's HttpClient itself (GetByteArrayAsync), which never tries again."];

    /// <summary>Calibrated to the article: 9 s for 160 downloads in one session are 56 ms each, of which the client needs some; the 10 s
    /// more without a session are 60 ms for each connection.</summary>
    protected override Scenario DefaultScenario =>
        new() { Latency = TimeSpan.FromMilliseconds(50), ConnectLatency = TimeSpan.FromMilliseconds(60) };

    /// <summary>The article's: two pages, 80 times each.</summary>
    protected override int DefaultDownloads => 160;

    /// <summary>The article's first run: every download opens a connection.</summary>
    [Benchmark]
    public Task NewConnectionEach() =>
        Run(Case("Sequential") with { Variant = "no session", Clients = ClientPolicy.New, PublishedMs = 19_000 });

    /// <summary>The article's second run.</summary>
    [Benchmark(Baseline = true)]
    public Task OneClient() => Run(Case("Sequential") with { Variant = "one session", PublishedMs = 9_000 });

    /// <summary>The article's third run: each thread has a session of its own.</summary>
    [Benchmark]
    public Task FiveThreads() => Run(WithFiveWorkers("DedicatedThreads") with { PublishedMs = 3_000 });

    /// <summary>What a .NET developer would take for the session: the factory's HttpClient itself, asked for a byte array, as the article's
    /// program asks.</summary>
    [Benchmark]
    public Task FactoryClient() => Run(Case("Sequential") with
    {
        Variant = "IHttpClientFactory",
        Clients = ClientPolicy.Factory,
        Get = GetPolicy.GetByteArrayAsync,
        MaxRetries = 0,
    });

    [Benchmark]
    public Task ThreadPool() => Run(WithFiveWorkers("ThreadPool"));

    [Benchmark]
    public Task ParallelForEach() => Run(WithFiveWorkers("ParallelForEach"));

    [Benchmark]
    public Task ParallelForEachAsync() => Run(WithFiveWorkers("ParallelForEachAsync"));

    [Benchmark]
    public Task WorkerLoops() => Run(WithFiveWorkers("WorkerLoops"));

    [Benchmark]
    public Task Channel() => Run(WithFiveWorkers("Channel"));

    [Benchmark]
    public Task Dataflow() => Run(WithFiveWorkers("Dataflow"));

    public override Conclusion Conclude(SuiteAnalysis suite) => CaseComparison.Conclude(suite);

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) => [BarChart.CreateMakespans(suite)];

    private DownloadCase WithFiveWorkers(string strategy) =>
        Case(strategy, Threads) with { Variant = "a session each", Clients = ClientPolicy.PerWorker };
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>HTTP/1.1, HTTP/2 and HTTPS.</summary>
public class Protocol : Suite
{
    private const int Workers = 16;

    public override string Question => "What do HTTP/2 and TLS change?";

    public override bool ShowsIdealMs => true;

    public override IReadOnlyList<string> Notes =>
    [
        "DedicatedThreads over HTTP/2 is left out: SocketsHttpHandler sends synchronously over HTTP/1.1 only, and throws otherwise.",
    ];

    public static IEnumerable<WireProtocol> All => [WireProtocol.Http1, WireProtocol.Http2, WireProtocol.Https];

    public static IEnumerable<WireProtocol> Synchronous => [WireProtocol.Http1, WireProtocol.Https];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    protected override int DefaultDownloads => 160;

    [Benchmark, ArgumentsSource(nameof(All))]
    public Task WorkerLoops(WireProtocol protocol) => RunOver(protocol, "WorkerLoops");

    /// <summary>Its workers are a ceiling.</summary>
    [Benchmark, ArgumentsSource(nameof(All))]
    public Task Adaptive(WireProtocol protocol) => RunOver(protocol, "Adaptive");

    [Benchmark, ArgumentsSource(nameof(Synchronous))]
    public Task DedicatedThreads(WireProtocol protocol) => RunOver(protocol, "DedicatedThreads");

    public override Conclusion Conclude(SuiteAnalysis suite) => CaseComparison.Conclude(suite);

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) => [BarChart.CreateMakespans(suite)];

    private Task RunOver(WireProtocol protocol, string strategy) => Run(Case(strategy, Workers) with
    {
        Variant = protocol switch { WireProtocol.Http1 => "HTTP/1.1", WireProtocol.Http2 => "HTTP/2", _ => "HTTPS" },
        Scenario = Scenario with { Protocol = protocol },
    });
}

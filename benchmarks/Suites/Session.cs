using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>The same strategy and workers with four ways of sharing clients, where connections cost.</summary>
public class Session : Suite
{
    private const int Workers = 16;

    public override string Question => "What does sharing a client save, and how many connections does each way open?";

    /// <summary>A connection costs 1.5 times a request here: about one round trip for TCP and two for TLS, against one and the page's
    /// making.</summary>
    protected override Scenario DefaultScenario =>
        new() { Latency = TimeSpan.FromMilliseconds(20), ConnectLatency = TimeSpan.FromMilliseconds(30) };

    protected override int DefaultDownloads => 160;

    [Benchmark(Baseline = true)]
    public Task NewClientEach() => Run(With(ClientPolicy.New, "new client each"));

    [Benchmark]
    public Task SharedClient() => Run(With(ClientPolicy.Shared, "shared"));

    [Benchmark]
    public Task ClientPerWorker() => Run(With(ClientPolicy.PerWorker, "per worker"));

    [Benchmark]
    public Task FactoryClient() => Run(With(ClientPolicy.Factory, "factory"));

    /// <summary>What connections cost, and which way of sharing clients saves them.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        if (suite.Recommendation is not { } recommendation) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        // Among ties, prefer the fewest connections: they cost the server, too.
        CaseAnalysis[] ties = [recommendation.Choice, .. recommendation.Ties];
        var choice = ties.MinBy(row => row.Figures.Connections ?? int.MaxValue)!;
        recommendation = recommendation with { Choice = choice, Ties = [.. ties.Where(row => row.Index != choice.Index)] };
        List<string> sentences = [SentenceFragments.Headline(suite, recommendation), .. Connections(suite, choice)];
        if (choice.Speedup is not null) sentences.Add(SentenceFragments.Speedup(suite, choice));
        return new Conclusion(
            [.. sentences, .. SentenceFragments.OpenChoice(recommendation)], SentenceFragments.Recommended(recommendation));
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) =>
    [
        BarChart.CreateMakespans(suite),
        BarChart.Create(
            suite,
            "Connections that the server saw in an iteration. The axis is logarithmic.",
            new Axis("connections", IsLogarithmic: true),
            BarSeries.Create("connections", 2, suite.Rows, row => row.Figures.Connections, ReportFormat.Number)),
    ];

    private static IEnumerable<string> Connections(SuiteAnalysis suite, CaseAnalysis choice)
    {
        var most = suite.ValidRows.Where(row => row.Figures.Connections is not null).MaxBy(row => row.Figures.Connections);
        if (most is null) return ["Connections were not counted: the server kept no log of this suite."];
        return choice.Figures.Connections < most.Figures.Connections ? [$"{Connections(most)}; {Connections(choice)}."] : [];
    }

    private static string Connections(CaseAnalysis row) =>
        $"{row.FullName} opened {ReportFormat.Pluralize(row.Figures.Connections!.Value, "connection")} "
        + $"and took {SentenceFragments.Median(row)}";

    private DownloadCase With(ClientPolicy clients, string variant) =>
        Case("WorkerLoops", Workers) with { Clients = clients, Variant = variant };
}

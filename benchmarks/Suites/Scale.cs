using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Many downloads without latency: what a download costs by itself, whether cost and memory stay flat, and what each asynchronous
/// strategy adds.</summary>
/// <remarks>WhenAllUnbounded has no limit: it would open a connection for each of many downloads, and so has a shorter list.</remarks>
public class Scale : Suite
{
    /// <summary>A cost that differs by a smaller factor over decades of downloads is called flat.</summary>
    private const double FlatWithin = 1.25;

    /// <summary>The strategy that the others are compared with: one task per worker, and nothing per download.</summary>
    private const string Loops = "WorkerLoops";

    private const int Few = 1_000;
    private const int Medium = 10_000;
    private const int Many = 100_000;

    public override string Question => "What does a download cost by itself, with many of them, and what does each strategy add?";

    public override bool TakesWorkers => true;

    /// <summary>Small pages: what is measured is the strategy.</summary>
    public override bool TakesPages => false;

    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 3);

    /// <summary>For one strategy: a thousand ends in a tenth of a second, a hundred thousand runs for seconds.</summary>
    public static IEnumerable<object[]> Sizes => WithWorkers(Few, Medium, Many);

    /// <summary>For the others.</summary>
    public static IEnumerable<object[]> MediumSize => WithWorkers(Medium);

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.Zero };

    protected override int DefaultDownloads => Many;

    [Benchmark, ArgumentsSource(nameof(Sizes))]
    public Task WorkerLoops(int downloads, int workers) => RunMany(Loops, downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task ParallelForEachAsync(int downloads, int workers) => RunMany("ParallelForEachAsync", downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task WhenAll(int downloads, int workers) => RunMany("WhenAll", downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task WhenAllBatches(int downloads, int workers) => RunMany("WhenAllBatches", downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task Channel(int downloads, int workers) => RunMany("Channel", downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task Dataflow(int downloads, int workers) => RunMany("Dataflow", downloads, workers);

    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task StaticPartition(int downloads, int workers) => RunMany("StaticPartition", downloads, workers);

    /// <summary>Its workers are a ceiling, which nothing here keeps it from.</summary>
    [Benchmark, ArgumentsSource(nameof(MediumSize))]
    public Task Adaptive(int downloads, int workers) => RunMany("Adaptive", downloads, workers);

    [Benchmark]
    public Task WhenAllUnbounded() => RunMany("WhenAllUnbounded", Settings.Downloads ?? Few, null);

    /// <summary>Whether the cost of a download and memory grow with the number of downloads, a sentence per worker count; then what each
    /// strategy takes of processor time and memory beside the loops.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var growth = suite.ValidRows.GroupBy(row => row.FullName).SelectMany(series => Growth(suite, series)).ToArray();
        return new Conclusion(
        [
            .. growth.Length > 0 ? growth : ["No case ran with more than one number of downloads, so growth is unknown."],
            .. CostsByCondition(suite).SelectMany(costs => costs.Describe()),
            .. suite.ValidRows.Where(row => !row.IsBounded).SelectMany(row => Unbounded(suite, row)),
        ]);
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite)
    {
        var grown = suite.Rows.GroupBy(row => row.FullName).Where(rows => rows.DistinctBy(row => row.Result.Downloads).Count() > 1)
            .SelectMany(rows => rows).ToArray();
        var compared = CostsByCondition(suite).SelectMany(costs => costs.Rows).ToArray();
        return
        [
            AgainstDownloads("Throughput against the number of downloads. Both axes are logarithmic.", "downloads/s", row =>
                row.DownloadsPerSecond),
            AgainstDownloads(
                "Largest memory of the client's process. Both axes are logarithmic.", "MB", row =>
                    row.Figures.PeakMemoryBytes / 1024.0 / 1024.0),
            PerDownload("Processor time of the client's process per download, microseconds.", "µs", 1,
                row => 1000 * row.Figures.CpuMsPerDownload, ReportFormat.ThreeDigits),
            PerDownload("Bytes that the client allocated per download.", "bytes", 3,
                row => row.Figures.AllocatedBytesPerDownload, ReportFormat.Bytes),
        ];

        LineChart AgainstDownloads(string caption, string title, Func<CaseAnalysis, double?> y) => LineChart.Create(
            suite,
            caption,
            new Axis("Downloads", IsLogarithmic: true),
            row => row.Result.Downloads,
            new Axis(title, IsLogarithmic: true),
            y,
            seriesName: row => row.FullName,
            rows: grown.Length > 0 ? grown : suite.Rows);

        BarChart PerDownload(
            string caption, string unit, int color, Func<CaseAnalysis, double?> value, Func<double, string> format) => BarChart.Create(
                [.. compared.Select(row => row.FullName)],
                caption,
                new Axis(unit),
                BarSeries.Create("per download", color, compared, value, format));
    }

    /// <summary>Rows of as many downloads and workers, where there are several strategies to compare.</summary>
    private static IEnumerable<StrategyCosts> CostsByCondition(SuiteAnalysis suite) =>
        from row in suite.ValidRows
        where row.IsBounded
        group row by (row.Result.Downloads, row.Result.Workers)
        into rows
        where rows.Count() > 1
        select new StrategyCosts(suite, [.. rows.OrderByDescending(row => row.Result.Strategy == Loops)]);

    /// <summary>What it costs to have no limit, beside a strategy that has one.</summary>
    private static IEnumerable<string> Unbounded(SuiteAnalysis suite, CaseAnalysis row)
    {
        var bounded = suite.ValidRows.FirstOrDefault(other => other.IsBounded && other.Result.Downloads == row.Result.Downloads);
        if (bounded is null || row.Figures.Connections is not { } connections) yield break;
        yield return $"{row.Name} opened {ReportFormat.Pluralize(connections, "connection")} for "
            + $"{ReportFormat.Pluralize(row.Result.Downloads, "download")}: {SentenceFragments.Median(row)}, against "
            + $"{SentenceFragments.Median(bounded)} on {ReportFormat.Number(bounded.Figures.Connections ?? 0)} by {bounded.FullName}.";
    }

    private static string[] Growth(SuiteAnalysis suite, IGrouping<string, CaseAnalysis> series)
    {
        var few = series.MinBy(row => row.Result.Downloads)!;
        var many = series.MaxBy(row => row.Result.Downloads)!;
        if (few.Result.Downloads == many.Result.Downloads) return [];
        var throughput = many.DownloadsPerSecond is { } perSecond ? $", {ReportFormat.ThreeDigits(perSecond)} downloads/s" : "";
        return
        [
            $"{series.Key}: the cost of a download {Verdict(suite, few, many)}.",
            $"From {ReportFormat.Number(few.Result.Downloads)} to {ReportFormat.Pluralize(many.Result.Downloads, "download")} "
            + $"({ReportFormat.ThreeDigits(1000 * CostMs(few))} to {ReportFormat.ThreeDigits(1000 * CostMs(many))} "
                + $"µs){throughput}.{Memory(few, many)}",
        ];
    }

    /// <summary>What the interval of the growth shows.</summary>
    private static string Verdict(SuiteAnalysis suite, CaseAnalysis few, CaseAnalysis many)
    {
        var growth = CostMs(many) / CostMs(few);
        var times = $"{ReportFormat.ThreeDigits(growth)} times";
        if (suite.Ratio(many, few) is not { } ratio) return $"was {times} that of few, in one round";
        var downloads = (double)few.Result.Downloads / many.Result.Downloads;
        var (low, high) = (ratio.Low * downloads, ratio.High * downloads);
        if (low > FlatWithin) return $"grew {times}";
        if (high < 1 / FlatWithin) return $"fell to {ReportFormat.Percent(growth)}";
        var isFlat = low >= 1 / FlatWithin && high <= FlatWithin;
        return isFlat ? "stayed flat" : $"was {times} that of few, undecided";
    }

    private static string Memory(CaseAnalysis few, CaseAnalysis many)
    {
        var (before, after) = (few.Figures.PeakMemoryBytes, many.Figures.PeakMemoryBytes);
        if (before is null or 0 || after is null) return "";
        var growth = ReportFormat.ThreeDigits((double)after.Value / before.Value);
        return $" Peak memory: {growth} times ({ReportFormat.Bytes(before.Value)} to {ReportFormat.Bytes(after.Value)}).";
    }

    private static double CostMs(CaseAnalysis row) => row.MedianMs!.Value / row.Result.Downloads;

    private static IEnumerable<object[]> WithWorkers(params int[] downloads) =>
        from workers in Settings.Workers ?? [64]
        from count in Settings.Downloads is { } given ? [given] : downloads
        select new object[] { count, workers };

    private Task RunMany(string strategy, int downloads, int? workers) => Run(Case(strategy, workers) with
    {
        Downloads = downloads,
        Pages = [Page.Dice],
        // Until the code is compiled for good, the JIT takes more processor time than the strategies differ by.
        MinWarmUp = TimeSpan.FromSeconds(2),
    });
}

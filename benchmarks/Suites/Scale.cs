using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Many downloads without latency: what a download costs by itself, and whether cost and memory stay flat.</summary>
public class Scale : Suite
{
    /// <summary>A cost that differs by a smaller factor over decades of downloads is called flat.</summary>
    private const double FlatWithin = 1.25;

    public override string Question => "Do cost and memory per download stay flat from a thousand to a hundred thousand?";

    public override bool TakesWorkers => true;

    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 3);

    /// <summary>A thousand ends in a tenth of a second, a hundred thousand runs for seconds.</summary>
    public static IEnumerable<object[]> Sizes =>
        from workers in Settings.Workers ?? [64, 256]
        from downloads in Settings.Downloads is { } given ? [given] : (int[])[1_000, 10_000, 100_000]
        select new object[] { downloads, workers };

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.Zero };

    protected override int DefaultDownloads => 100_000;

    [Benchmark, ArgumentsSource(nameof(Sizes))]
    public Task WorkerLoops(int downloads, int workers) =>
        Run(Case("WorkerLoops", workers) with { Downloads = downloads, Pages = [Page.Dice] });

    /// <summary>Whether the cost of a download and memory grow with the number of downloads, a sentence per worker count.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var sentences = suite.ValidRows.GroupBy(row => row.FullName).SelectMany(series => Growth(suite, series)).ToArray();
        return new Conclusion(sentences.Length > 0 ? sentences
            : ["No case ran with more than one number of downloads, so growth is unknown."]);
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite)
    {
        return
        [
            AgainstDownloads("Throughput against the number of downloads. Both axes are logarithmic.", "downloads/s", row =>
                row.DownloadsPerSecond),
            AgainstDownloads(
                "Largest memory of the client's process. Both axes are logarithmic.", "MB", row =>
                    row.Figures.PeakMemoryBytes / 1024.0 / 1024.0),
        ];

        LineChart AgainstDownloads(string caption, string title, Func<CaseAnalysis, double?> y) => LineChart.Create(
            suite,
            caption,
            new Axis("Downloads", IsLogarithmic: true),
            row => row.Result.Downloads,
            new Axis(title, IsLogarithmic: true),
            y,
            seriesName: row => row.FullName);
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

}

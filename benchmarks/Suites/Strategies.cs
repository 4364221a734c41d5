using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Suites;

/// <summary>The main suite: every strategy over worker counts, against a server that answers any number of requests after a constant
/// latency.</summary>
public class Strategies : StrategySuite
{
    public override string Question => "Which strategy, and how many workers?";

    public override IReadOnlyList<string> Notes =>
        Settings.Quick ? ["A quick run only shows that everything works: for figures to act on, run it without --quick."] : [];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(10) };

    protected override int DefaultDownloads => Settings.Quick ? 64 : 128;

    /// <summary>16 is more than the cores of most machines, where blocking begins to cost. At 64, threads and pools differ. Both divide the
    /// downloads, so that no last wave is partly filled. With few workers, as 5, all strategies take the time of the ideal schedule: such
    /// rows would cost a third of the run and distinguish nothing.</summary>
    protected override IReadOnlyList<int> DefaultWorkerCounts => [16, 64];

    /// <summary>The fastest, then the strategies that stopped gaining from more workers, and why.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        if (suite.Recommendation is not { } recommendation) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        var choice = recommendation.Choice;
        List<string> sentences = [SentenceFragments.Speedup(suite, choice)];
        var starved = suite.FewestWorkersByStrategy.Select(fewest => (Fewest: fewest, Starved: WidestStarved(suite, fewest)))
            .Where(pair => pair.Starved is not null).OrderBy(pair => pair.Starved!.Figures.IdealShare).ToArray();
        if (starved.Length > 0) sentences.Add(string.Join("; ", starved.Select(pair => Starvation(pair.Fewest, pair.Starved!))) + ".");
        if (suite.CompletedRows.Where(row => !row.IsBounded && row.IsValid).MinBy(row => row.MedianMs) is { } unbounded
            && unbounded.MedianMs < choice.MedianMs)
        {
            var condition = suite.Result.Scenario.Capacity is null ? ": this server has no capacity that it could exceed" : "";
            sentences.Add($"{unbounded.FullName}, which has no limit, took {SentenceFragments.Median(unbounded)}{condition}.");
        }

        return new Conclusion(sentences, SentenceFragments.Recommendation(suite, recommendation) + MissingCounts(suite, choice));
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) =>
        [suite.Baseline is { } baseline ? SpeedupChart(suite, baseline) : ThroughputChart(suite)];

    private static LineChart SpeedupChart(SuiteAnalysis suite, CaseAnalysis baseline)
    {
        var byWorkers = suite.CompletedRows.GroupBy(row => row.MaxInFlight).OrderBy(rows => rows.Key).ToArray();
        double[] widths = [byWorkers[0].Key, byWorkers[^1].Key];
        var ideals = byWorkers.Select(rows =>
            (Workers: (double)rows.Key, Ideal: rows.Select(row => row.Figures.IdealMs).OfType<double>().ToArray()))
            .Where(point => point.Ideal.Length > 0).ToArray();
        List<GuideLine> guides = [new("y = workers", SeriesStyle.ForGuide("dot"), widths, widths)];
        if (ideals.Length > 1)
        {
            double[] speedups = [.. ideals.Select(point => baseline.MedianMs!.Value / point.Ideal.Median())];
            guides.Add(new("ideal schedule", SeriesStyle.ForGuide("dash"), [.. ideals.Select(point => point.Workers)], speedups));
        }

        return LineChart.Create(
            suite,
            "Speedup over the baseline, against workers. Both axes are logarithmic; bars show ±; points stand a little aside so that "
                + "none hides another.",
            Axis.Workers,
            row => row.MaxInFlight,
            new Axis("Speedup", IsLogarithmic: true),
            row => row.Speedup?.Value,
            row => row.Speedup?.Error) with
        { Guides = guides };
    }

    private static LineChart ThroughputChart(SuiteAnalysis suite) => LineChart.Create(
        suite,
        "Downloads per second, against workers. Both axes are logarithmic.",
        Axis.Workers,
        row => row.MaxInFlight,
        new Axis("Downloads/s", IsLogarithmic: true),
        row => row.DownloadsPerSecond);

    private static CaseAnalysis? WidestStarved(SuiteAnalysis suite, CaseAnalysis fewest)
    {
        var starved = suite.Rows.Where(row => row.Name == fewest.Name && row.IsStarved).MaxBy(row => row.MaxInFlight);
        return fewest.Result.Workers is null || starved?.Result.Workers is null ? null : starved;
    }

    private static string Starvation(CaseAnalysis fewest, CaseAnalysis starved)
    {
        var (enough, workers) = (fewest.Result.Workers!.Value, starved.Result.Workers!.Value);
        var seen = starved.Figures.MeanInFlight is { } inFlight
            ? $"only {ReportFormat.ThreeDigits(inFlight)} of {starved.MaxInFlight} requests were in flight on average"
            : $"only {ReportFormat.Percent(starved.Figures.IdealShare!.Value)} of the ideal schedule was reached";
        return enough < workers
            ? $"{fewest.Name} stopped gaining at {ReportFormat.Pluralize(enough, "worker")}, because with {workers} {seen}"
            : $"{fewest.Name} starved with {ReportFormat.Pluralize(workers, "worker")}: {seen}";
    }

    private static string MissingCounts(SuiteAnalysis suite, CaseAnalysis choice)
    {
        var widest = suite.Rows.Where(row => row.Result.Workers is not null && row.IsValid).Max(row => row.Result.Workers);
        if (choice.Result.Workers is not { } workers || workers != widest || workers >= choice.Result.Downloads) return "";
        return SentenceFragments.WorkerCounts(suite) == 1
            ? " No other worker count was measured."
            : " More workers were not measured; they may gain more.";
    }

}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Suites;

/// <summary>The main suite: every strategy over worker counts, against a server that answers any number of requests after a constant
/// latency.</summary>
public class Strategies : StrategySuite
{
    private const string NoLimit =
        "This server has no limit that was reached, so the largest worker count wins: how many to take is your server's to decide. "
        + "Suite Capacity shows what a limit does: time stops falling there, and requests past its queue are refused. Put your server "
        + "in with --scenario FILE, or with --latency, --latency-p99, --capacity, --queue and --rate-limit.";

    private const string LimitMet = "The largest worker count that could be compared won, so that it is the end of the list: suite "
        + "Capacity, with the same options, finds where time stops falling.";

    public override string Question => "Which strategy, and how many workers?";

    public override IReadOnlyList<string> Notes =>
        Settings.Quick ? ["A quick run only shows that everything works: for figures to act on, run it without --quick."] : [];

    /// <summary>With 64 workers an iteration takes an eighth of a second: five tell the median of a process better than three.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 5);

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(60) };

    protected override int DefaultDownloads => Settings.Quick ? 64 : 128;

    /// <summary>16 is far beyond the cores of most machines, where blocking begins to cost. At 64, threads and pools differ. Both divide
    /// the downloads, so that no last wave is partly filled. With few workers, as 5, all strategies take the time of the ideal schedule:
    /// such rows would cost a third of the run and distinguish nothing.</summary>
    protected override IReadOnlyList<int> DefaultWorkerCounts => [16, 64];

    /// <summary>Which strategies tie, which starve, and whose decision the worker count is.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        if (suite.Recommendation is not { } recommendation)
            return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite), .. Starved(suite)]);
        var isEndOfList = IsEndOfList(suite, recommendation.Choice);
        List<string> sentences =
        [
            SentenceFragments.Headline(suite, recommendation), .. Starved(suite), .. Unbounded(suite),
            .. SentenceFragments.OpenChoice(recommendation),
        ];
        if (suite.Calibration is not null) sentences.AddRange(Calibrated(suite));
        else if (isEndOfList && FewerAreSlower(suite, recommendation)) sentences.Add(ServerLimits.WereMet(suite) ? LimitMet : NoLimit);
        var recommended = isEndOfList
            ? RecommendedStrategy(recommendation, suite.Calibration)
            : SentenceFragments.Recommended(recommendation);
        return new Conclusion(sentences, recommended);
    }

    public override IEnumerable<string> DescribeRateLimited(SuiteAnalysis suite) => Calibrated(suite);

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) =>
        [suite.Baseline is { IsValid: true } baseline ? SpeedupChart(suite, baseline) : ThroughputChart(suite)];

    /// <summary>Whose conditions these are, and what its calibration says of the worker count.</summary>
    private static IEnumerable<string> Calibrated(SuiteAnalysis suite)
    {
        if (suite.Calibration is not { } calibration) return [];
        var workers = ReportFormat.Pluralize(calibration.RecommendedWorkers, "worker");
        var rate = calibration.RecommendedRatePerSecond is { } perSecond
            ? $", {ReportFormat.Number(perSecond)} requests per second at most"
            : "";
        var server = ReportFormat.YourServer(calibration);
        return [$"The conditions are those of {server}, for which the calibration recommends {workers}{rate}."];
    }

    private static LineChart SpeedupChart(SuiteAnalysis suite, CaseAnalysis baseline)
    {
        var byWorkers = suite.CompletedRows.GroupBy(row => row.MaxInFlight).OrderBy(rows => rows.Key).ToArray();
        double[] widths = [byWorkers[0].Key, byWorkers[^1].Key];
        var ideals = byWorkers.Select(rows =>
            (Workers: (double)rows.Key, Ideal: rows.Select(IdealOfList).OfType<double>().ToArray()))
            .Where(point => point.Ideal.Length > 0).ToArray();
        List<GuideLine> guides = [new("y = workers", SeriesStyle.ForGuide("dot"), widths, widths)];
        if (ideals.Length > 1)
        {
            double[] speedups = [.. ideals.Select(point => baseline.ListMedianMs!.Value / point.Ideal.Median())];
            guides.Add(new("ideal schedule", SeriesStyle.ForGuide("dash"), [.. ideals.Select(point => point.Workers)], speedups));
        }

        return LineChart.Create(
            suite,
            "Speedup over the baseline, against workers. Both axes are logarithmic; bars show the 95 % interval; points stand a "
                + "little aside so that none hides another.",
            Axis.Workers,
            row => row.MaxInFlight,
            new Axis("Speedup", IsLogarithmic: true),
            row => row.Speedup?.Value,
            row => row.Speedup?.Error) with
        { Guides = guides };
    }

    /// <summary>Of a row that ran a share of the list, in proportion, as its time.</summary>
    private static double? IdealOfList(CaseAnalysis row) => row.Figures.IdealMs * row.ListDownloads / row.Result.Downloads;

    private static LineChart ThroughputChart(SuiteAnalysis suite) => LineChart.Create(
        suite,
        "Downloads per second, against workers. Both axes are logarithmic.",
        Axis.Workers,
        row => row.MaxInFlight,
        new Axis("Downloads/s", IsLogarithmic: true),
        row => row.DownloadsPerSecond);

    /// <summary>Whether no row of more workers could be compared with the choice: then more may be faster still.</summary>
    private static bool IsEndOfList(SuiteAnalysis suite, CaseAnalysis choice) => choice.Result.Workers < choice.Result.Downloads
        && suite.Rows.Where(row => row is { IsComparable: true, Result.Workers: not null })
            .All(row => row.Result.Workers <= choice.Result.Workers);

    /// <summary>Whether the rounds tell that fewer workers are slower; a suite that is not finished says nothing of what is
    /// missing.</summary>
    private static bool FewerAreSlower(SuiteAnalysis suite, Recommendation recommendation)
    {
        if (!recommendation.HasIntervals || suite.Result.IsUnfinished) return false;
        var fewer = suite.ValidRows.Where(row => row.VersusBest is not null && row.Result.Workers < recommendation.Choice.Result.Workers)
            .ToArray();
        return fewer.Length > 0 && fewer.All(row => row.VersusBest!.Standing == Standing.Slower);
    }

    /// <summary>The worker count is left out, unless it comes from a calibration: the largest of the list always wins.</summary>
    private static string? RecommendedStrategy(Recommendation recommendation, CalibrationSummary? calibration)
    {
        if (recommendation is not { HasIntervals: true, IsOpen: false }) return null;
        var choice = recommendation.Choice;
        var reason = recommendation.Ties.Count == 0
            ? "the best"
            : $"a tie with {SentenceFragments.Names(recommendation.Ties, choice)}, taken for its least code, which is a preference";
        var workers = choice.Result.Workers!.Value;
        var isCalibrated = workers == calibration?.RecommendedWorkers;
        var meaning = isCalibrated ? "what the calibration recommends" : "the end of the list, not advice";
        return $"Recommended: {choice.Name}, {reason}. Its {ReportFormat.Pluralize(workers, "worker")} are {meaning}."
            + SentenceFragments.Undecided(recommendation);
    }

    private static IEnumerable<string> Starved(SuiteAnalysis suite) => suite.ValidRows.Where(row => row.IsStarved).GroupBy(row => row.Name)
        .Select(rows => (Widest: rows.MaxBy(row => row.MaxInFlight)!, Counts: rows.Select(row => row.WorkersText).ToArray()))
        .Select(one => $"{one.Widest.Name} starves with {ReportFormat.List(one.Counts)} workers: {InFlight(one.Widest)}.");

    private static string InFlight(CaseAnalysis starved) => starved.Figures.MeanInFlight is { } inFlight
        ? $"with {starved.WorkersText} only {ReportFormat.ThreeDigits(inFlight)} requests were in flight on average"
        : $"with {starved.WorkersText} only {ReportFormat.Percent(starved.Figures.IdealShare!.Value)} of the ideal schedule was reached";

    private static IEnumerable<string> Unbounded(SuiteAnalysis suite) => suite.ValidRows.Where(row => !row.IsBounded)
        .Select(row => $"{row.FullName}, which has no limit, took {SentenceFragments.Median(row)}.");
}

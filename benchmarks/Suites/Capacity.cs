using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server that serves 16 at once, lets 64 wait and refuses the rest: more workers help up to its capacity, then cost.</summary>
public class Capacity : Suite
{
    private const int Ceiling = 64;

    public override string Question => "How many workers, when the server's capacity ends?";

    public override bool TakesWorkers => true;

    /// <summary>Below the capacity, at it, above it within the queue, and past the queue (128 = 16 served + 64 waiting + 48
    /// refused).</summary>
    public static IEnumerable<int> WorkerCounts => Settings.Workers ?? [4, 8, 12, 16, 20, 32, 64, 128];

    /// <summary>40 ms, so that what the client takes itself stays far below the margin of a tie.</summary>
    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(40), Capacity = 16, Queue = 64 };

    protected override int DefaultDownloads => 160;

    /// <summary>One strategy is enough: what counts here is how many ask at once, not how.</summary>
    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WorkerLoops(int workers) => Run(Case("WorkerLoops", workers));

    /// <summary>It finds the number itself, up to this ceiling.</summary>
    [Benchmark]
    public Task Adaptive() => Run(Case("Adaptive", Ceiling));

    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded"));

    /// <summary>Where more workers stop helping, why, and where refusals begin. A worker count is only recommended where time was seen to
    /// stop falling.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        if (suite.Recommendation is not { } recommendation)
            return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite), .. Failures(suite)]);
        var beyond = recommendation.HasIntervals ? FindBeyond(suite, recommendation.Choice) : [];
        var skipped = recommendation.HasIntervals ? FindSkippedCapacity(suite, recommendation.Choice, beyond) : null;
        var isKnee = beyond.Length > 0 || skipped is not null;
        List<string> sentences =
        [
            .. isKnee ? Knee(suite, recommendation, beyond, skipped) : NoKnee(suite, recommendation), .. Failures(suite),
            .. SentenceFragments.OpenChoice(recommendation),
        ];
        var isRecommended = isKnee && skipped is null;
        return new Conclusion(sentences, isRecommended ? SentenceFragments.Recommended(recommendation) : null);
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite)
    {
        var mark = suite.Result.Scenario.Capacity is { } capacity ? new VerticalMark(capacity, $"capacity {capacity}") : null;
        return
        [
            LineChart.Create(
                suite,
                "Makespan against workers: it stops falling where the server's capacity ends. Both axes are logarithmic.",
                Axis.Workers,
                row => row.MaxInFlight,
                new Axis("Makespan, ms", IsLogarithmic: true),
                row => row.MedianMs) with { Mark = mark },
            LineChart.Create(
                suite,
                "Downloads that failed, percent, against workers.",
                Axis.Workers,
                row => row.MaxInFlight,
                new Axis("Failed, %"),
                row => 100 * row.Failed / row.Result.Downloads) with { Mark = mark },
        ];
    }

    /// <summary>The rows of the choice's strategy with more workers that are as fast or slower, beyond doubt. What another strategy takes
    /// says nothing of a worker count: Adaptive has only a ceiling.</summary>
    private static CaseAnalysis[] FindBeyond(SuiteAnalysis suite, CaseAnalysis choice) =>
    [
        .. suite.ValidRows.Where(row => row.VersusBest is { Standing: not Standing.Undecided }
            && row.Result.Strategy == choice.Result.Strategy && row.MaxInFlight > choice.MaxInFlight)
            .OrderBy(row => row.MaxInFlight),
    ];

    /// <summary>A row that met a capacity which lies between the choice's workers and the next fewer that were compared: time stops falling
    /// there, and the choice has more workers than it takes. Null where there is none.</summary>
    private static CaseAnalysis? FindSkippedCapacity(SuiteAnalysis suite, CaseAnalysis choice, CaseAnalysis[] beyond)
    {
        // Without a row of more workers the choice itself must have kept the server full: a row that met the capacity for a moment may be
        // the first of several that are faster and faster.
        var kept = choice.Figures.MeanInFlight > choice.Scenario.Capacity ? choice : null;
        var limited = Array.Find(beyond, row => row.MetCapacity) ?? kept;
        var isSkipped = HasFixedWorkers(choice) && limited?.Scenario.Capacity is { } capacity && capacity < choice.MaxInFlight
            && !(NextFewer(suite, choice) >= capacity);
        return isSkipped ? limited : null;
    }

    private static bool HasFixedWorkers(CaseAnalysis row) => row.Result.Workers is not null && row.Result.Strategy != nameof(Adaptive);

    /// <summary>The workers of the next smaller row that was compared; null where there is none.</summary>
    private static int? NextFewer(SuiteAnalysis suite, CaseAnalysis choice) => suite.ValidRows
        .Where(row => row.VersusBest is not null && HasFixedWorkers(row) && row.MaxInFlight < choice.MaxInFlight)
        .Max(row => (int?)row.MaxInFlight);

    private static IEnumerable<string> Knee(
        SuiteAnalysis suite, Recommendation recommendation, CaseAnalysis[] beyond, CaseAnalysis? skipped)
    {
        var choice = recommendation.Choice;
        var nextFewer = NextFewer(suite, choice);
        var fewest = recommendation.Undecided.Where(row => row.MaxInFlight < choice.MaxInFlight).Min(row => (int?)row.MaxInFlight)
            ?? (skipped is null ? null : nextFewer);
        var workers = ReportFormat.Pluralize(choice.MaxInFlight, "worker");
        var at = nextFewer is null && choice.Scenario.Capacity != choice.MaxInFlight ? $"at {workers} or fewer" : $"at {workers}";
        var knee = fewest is { } from ? $"between {ReportFormat.Number(from)} and {workers}" : at;
        var (cause, explanation) = skipped is null ? Cause(choice, beyond) : (ServerLimits.Capacity(skipped), null);
        yield return $"Time stops falling {knee}: {cause}.";
        if (explanation is not null) yield return explanation;
        if (beyond.Length > 0)
            yield return $"{beyond[^1].FullName} took {SentenceFragments.Median(beyond[^1])} against {SentenceFragments.Median(choice)}.";
        if (skipped is null || recommendation.IsOpen) yield break;
        var missing = nextFewer is null ? "lower count" : "count between them";
        yield return $"No {missing} was compared, so none is recommended: measure "
            + $"{ReportFormat.Number(skipped.Scenario.Capacity!.Value)} too (--workers).";
    }

    /// <summary>What the log shows of the rows on both sides of the knee, and a sentence that explains it where needed.</summary>
    private static (string Cause, string? Explanation) Cause(CaseAnalysis choice, CaseAnalysis[] beyond)
    {
        if (Array.Find(beyond, IsLimited) is { } limited) return (ServerLimits.Capacity(limited), null);
        var idealStopsToo = beyond[0].Figures.IdealMs * (1 + ComparisonWithBest.TieMargin) >= choice.Figures.IdealMs;
        return idealStopsToo
            ? ("so does the ideal schedule", "The slowest downloads, or a last wave that is not full, decide.")
            : ("the client or the machine is the limit", "The server's log shows no limit of the server.");

        // A capacity above the choice's workers leaves these alone: it is the cause where it keeps more workers from being faster.
        bool IsLimited(CaseAnalysis row) => row.MetCapacity
            && (row.Scenario.Capacity <= choice.MaxInFlight || row.Figures.MeanInFlight > row.Scenario.Capacity);
    }

    private static IEnumerable<string> NoKnee(SuiteAnalysis suite, Recommendation recommendation)
    {
        yield return SentenceFragments.Headline(suite, recommendation);
        if (!recommendation.HasIntervals) yield break;
        var compared = suite.ValidRows.Where(row => row.VersusBest is not null && HasFixedWorkers(row)).ToArray();
        if (compared.Length == 0)
        {
            yield return "Where time stops falling takes rows of several worker counts, so none is recommended.";
            yield break;
        }

        var most = compared.Max(row => row.MaxInFlight);
        yield return most > recommendation.Choice.MaxInFlight
            ? "These rounds do not tell where time stops falling, so no worker count is recommended."
            : $"Where time stops falling was not seen with up to {ReportFormat.Pluralize(most, "worker")}, so no worker count is "
                + "recommended.";
    }

    private static IEnumerable<string> Failures(SuiteAnalysis suite)
    {
        var refused = suite.CompletedRows.Where(row => row.Result.Workers is not null && row.Figures.CountOf(RequestOutcome.Refused) > 0)
            .MinBy(row => row.MaxInFlight);
        if (refused is not null) yield return $"Refusals (503) began at {ReportFormat.Pluralize(refused.MaxInFlight, "worker")}.";
        var uncounted = suite.CompletedRows.Count(row => row.Failed is null);
        if (uncounted > 0)
        {
            yield return $"Whether downloads failed is unknown for {ReportFormat.Pluralize(uncounted, "row")} of "
                + $"{suite.CompletedRows.Count()}: without an audit they are not counted.";
        }
        else if (suite.CompletedRows.All(row => row.Failed == 0))
        {
            yield return "No download failed.";
        }
    }
}

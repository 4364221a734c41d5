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
        List<string> sentences =
        [
            .. beyond.Length > 0 ? Knee(recommendation, beyond) : NoKnee(suite, recommendation), .. Failures(suite),
            .. SentenceFragments.OpenChoice(recommendation),
        ];
        return new Conclusion(sentences, beyond.Length > 0 ? SentenceFragments.Recommended(recommendation) : null);
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

    /// <summary>The rows of more workers than the choice that are as fast or slower, beyond doubt.</summary>
    private static CaseAnalysis[] FindBeyond(SuiteAnalysis suite, CaseAnalysis choice) =>
    [
        .. suite.ValidRows.Where(row => row.VersusBest is { Standing: not Standing.Undecided } && row.MaxInFlight > choice.MaxInFlight)
            .OrderBy(row => row.MaxInFlight),
    ];

    private static IEnumerable<string> Knee(Recommendation recommendation, CaseAnalysis[] beyond)
    {
        var choice = recommendation.Choice;
        var fewer = recommendation.Undecided.Where(row => row.MaxInFlight < choice.MaxInFlight).MinBy(row => row.MaxInFlight);
        var knee = fewer is null
            ? $"at {ReportFormat.Pluralize(choice.MaxInFlight, "worker")}"
            : $"between {ReportFormat.Number(fewer.MaxInFlight)} and {ReportFormat.Pluralize(choice.MaxInFlight, "worker")}";
        var (cause, explanation) = Cause(choice, beyond);
        yield return $"Time stops falling {knee}: {cause}.";
        if (explanation is not null) yield return explanation;
        yield return $"{beyond[^1].FullName} took {SentenceFragments.Median(beyond[^1])} against {SentenceFragments.Median(choice)}.";
    }

    /// <summary>What the log shows of the rows on both sides of the knee, and a sentence that explains it where needed.</summary>
    private static (string Cause, string? Explanation) Cause(CaseAnalysis choice, CaseAnalysis[] beyond)
    {
        if (Array.Find(beyond, row => row.MetCapacity) is { } limited) return (ServerLimits.Capacity(limited), null);
        var idealStopsToo = beyond[0].Figures.IdealMs * (1 + ComparisonWithBest.TieMargin) >= choice.Figures.IdealMs;
        return idealStopsToo
            ? ("so does the ideal schedule", "The slowest downloads, or a last wave that is not full, decide.")
            : ("the client or the machine is the limit", "The server's log shows no limit of the server.");
    }

    private static IEnumerable<string> NoKnee(SuiteAnalysis suite, Recommendation recommendation)
    {
        yield return SentenceFragments.Headline(suite, recommendation);
        if (!recommendation.HasIntervals) yield break;
        var most = suite.ValidRows.Where(row => row.VersusBest is not null).Max(row => row.MaxInFlight);
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

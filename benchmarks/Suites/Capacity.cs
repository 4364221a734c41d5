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
    public override string Question => "How many workers, when the server's capacity ends?";

    public override bool TakesWorkers => true;

    /// <summary>Below the capacity, at it, above it within the queue, and past the queue (128 = 16 served + 64 waiting + 48
    /// refused).</summary>
    public static IEnumerable<int> WorkerCounts => Settings.Workers ?? [1, 4, 8, 12, 16, 20, 32, 64, 128];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20), Capacity = 16, Queue = 64 };

    protected override int DefaultDownloads => 160;

    /// <summary>One strategy is enough: what counts here is how many ask at once, not how.</summary>
    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers));

    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded"));

    /// <summary>Where more workers stop helping, and where refusals begin. A worker count is only recommended where time was seen to stop
    /// falling.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        if (suite.Recommendation is not { } recommendation) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        var hasStopped = recommendation.HasIntervals && Beyond(suite, recommendation.Choice) is not null;
        List<string> sentences =
        [
            hasStopped ? Knee(suite, recommendation) : SentenceFragments.Headline(suite, recommendation),
            .. Others(suite, recommendation, hasStopped), .. SentenceFragments.OpenChoice(recommendation),
        ];
        return new Conclusion(sentences, hasStopped ? SentenceFragments.Recommended(recommendation) : null);
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

    private static string Knee(SuiteAnalysis suite, Recommendation recommendation)
    {
        var choice = recommendation.Choice.MaxInFlight;
        var fewer = recommendation.Undecided.Where(row => row.MaxInFlight < choice).MinBy(row => row.MaxInFlight);
        var knee = fewer is null
            ? $"at {ReportFormat.Pluralize(choice, "worker")}"
            : $"between {ReportFormat.Number(fewer.MaxInFlight)} and {ReportFormat.Pluralize(choice, "worker")}";
        return $"Time stops falling {knee}: {Cause(suite)}.";
    }

    private static string Cause(SuiteAnalysis suite) => suite.CompletedRows.FirstOrDefault(row => row.MetCapacity) is { } row
        ? $"the server serves {ReportFormat.Number(row.Scenario.Capacity!.Value)} at once"
        : "the log shows no limit of the server, so the client or the machine is one";

    private static IEnumerable<string> Others(SuiteAnalysis suite, Recommendation recommendation, bool hasStopped)
    {
        var choice = recommendation.Choice;
        if (Beyond(suite, choice) is { } beyond && hasStopped)
            yield return $"{beyond.FullName} took {SentenceFragments.Median(beyond)} against {SentenceFragments.Median(choice)}.";
        if (!hasStopped && recommendation.HasIntervals)
        {
            yield return $"Where time stops falling was not seen with up to {ReportFormat.Pluralize(choice.MaxInFlight, "worker")}, so no "
                + "worker count is recommended.";
        }

        var refused = suite.CompletedRows.Where(row => row.Failed > 0 && row.Result.Workers is not null).MinBy(row => row.MaxInFlight);
        if (refused is not null) yield return $"Failures began at {ReportFormat.Pluralize(refused.MaxInFlight, "worker")}.";
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

    /// <summary>The valid row of most workers, where it has more than the choice.</summary>
    private static CaseAnalysis? Beyond(SuiteAnalysis suite, CaseAnalysis choice) =>
        suite.ValidRows.Where(row => row.VersusBest is not null && row.MaxInFlight > choice.MaxInFlight).MaxBy(row => row.MaxInFlight);
}

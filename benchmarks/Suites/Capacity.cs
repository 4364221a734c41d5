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
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers) with { AllowFailures = true });

    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded") with { AllowFailures = true });

    /// <summary>Where more workers stop helping, and where refusals begin.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        if (suite.Recommendation is { } recommendation) sentences.Add(Knee(suite, recommendation.Choice));
        var uncounted = suite.CompletedRows.Count(row => row.Failed is null);
        if (Refusals(suite) is { } refusals) sentences.Add(refusals);
        else if (uncounted == 0) sentences.Add("No download failed.");
        if (uncounted > 0)
        {
            sentences.Add($"Whether downloads failed is unknown for "
                + $"{ReportFormat.Pluralize(uncounted, "row")} of {suite.CompletedRows.Count()}: "
                + "without an audit they are not counted.");
        }

        if (suite.Recommendation is null) sentences.Add(SentenceFragments.ExplainNoRecommendation(suite));
        return new Conclusion(sentences, SentenceFragments.Recommendation(suite, suite.Recommendation, ", without a failed download"));
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

    private static string Knee(SuiteAnalysis suite, CaseAnalysis choice)
    {
        var capacity = suite.Result.Scenario.Capacity is { } limit
            ? $"the server serves {limit} at once"
            : "the server's capacity is reached";
        var sentence = $"Time stopped falling at {ReportFormat.Pluralize(choice.MaxInFlight, "worker")}: {capacity}";
        var beyond = suite.Rows.Where(row => row.IsValid && row.MaxInFlight > choice.MaxInFlight).MaxBy(row => row.MaxInFlight);
        if (beyond is null) return sentence + ".";
        return beyond.MedianMs >= choice.MedianMs * (1 - Recommendation.Tolerance)
            ? $"{sentence}, and {beyond.FullName} was no faster ({SentenceFragments.Median(beyond)} against "
                + $"{SentenceFragments.Median(choice)})."
            : $"{sentence}, yet {beyond.FullName} took only {SentenceFragments.Median(beyond)} against {SentenceFragments.Median(choice)}.";
    }

    private static string? Refusals(SuiteAnalysis suite)
    {
        var refused = suite.CompletedRows.Where(row => row.Failed > 0).ToArray();
        if (refused.MaxBy(row => row.Failed / row.Result.Downloads) is not { } worst) return null;
        var sentence = $"{worst.FullName} was refused most: {SentenceFragments.Failures(worst)}";
        var fewest = refused.Where(row => row.Result.Workers is not null).MinBy(row => row.MaxInFlight);
        return fewest is null || fewest.Index == worst.Index
            ? sentence + "."
            : $"{sentence}; refusals began at {ReportFormat.Pluralize(fewest.Result.Workers!.Value, "worker")}.";
    }

}

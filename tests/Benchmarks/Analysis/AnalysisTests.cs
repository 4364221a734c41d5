using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Analysis;

public sealed class AnalysisTests
{
    [Fact]
    public void Efficiency_is_the_median_of_ideal_over_measured_per_iteration()
    {
        // 50 %, 80 % and 90 %; the ratio of the medians would be 85 / 100.
        var row = Analyse(SampleRuns.Case("WhenAll", 5, 100, 100, 200).WithIdeals(80, 90, 100)).Rows[0];

        Assert.Equal(80, row.Efficiency!.Value, 10);
    }

    [Fact]
    public void Without_an_audit_there_is_no_efficiency() =>
        Assert.Null(Analyse(SampleRuns.Case("WhenAll", 5, 100, 100, 200)).Rows[0].Efficiency);

    [Fact]
    public void Only_downloads_that_succeeded_count_per_second() =>
        Assert.Equal(75, Analyse(SampleRuns.Case("WhenAll", 5, 2000, 2000, 2000).WithFigures(failed: 10)).Rows[0].DownloadsPerSecond!.Value,
            10);

    [Fact]
    public void Speedup_is_over_the_baseline_and_needs_as_many_downloads()
    {
        var suite = Analyse(SampleRuns.Case("Sequential", null, 800, 800, 800), SampleRuns.Case("WhenAll", 5, 160, 160, 160),
            SampleRuns.Case("WhenAll", 5, 160, 160, 160) with { Downloads = 10 });

        Assert.Equal([1, 5, null], suite.Rows.Select(row => row.Speedup?.Value));
    }

    [Fact]
    public void A_rank_is_one_more_than_how_many_rows_are_faster_beyond_noise()
    {
        var suite = Analyse(Around("WhenAll", 64, 100), Around("Channel", 64, 100.4), Around("Dataflow", 64, 110),
            Around("Sequential", null, 5000));

        Assert.Equal([1, 1, 3, 4], suite.Rows.Select(row => row.Rank));
    }

    [Fact]
    public void What_failed_or_ran_too_seldom_is_not_ranked_and_beats_nobody()
    {
        var suite = Analyse(
            Around("WhenAll", 64, 10).WithFigures(failed: 1),
            Around("Channel", 64, 10) with { AuditFindings = ["Expected 160 requests, saw 159."] },
            SampleRuns.Case("Dataflow", 64, 10, 10, 10),
            SampleRuns.Case("ThreadPool", 64),
            Around("ParallelForEachAsync", 64, 100));

        Assert.Equal([null, null, null, null, 1], suite.Rows.Select(row => row.Rank));
        Assert.Null(suite.Rows[3].MedianMs);
    }

    [Fact]
    public void Recommended_are_the_fewest_workers_within_five_percent_of_the_best()
    {
        var suite = Analyse(Around("WhenAll", 16, 111), Around("WhenAll", 32, 104), Around("WhenAll", 64, 100));

        Assert.Equal(32, suite.Recommendation!.Choice.Result.Workers);
        Assert.Equal(64, suite.Recommendation.Best.Result.Workers);
    }

    [Theory]
    [InlineData(100, 100.3)]
    [InlineData(100.3, 100)]
    public void Which_of_two_equals_is_recommended_does_not_depend_on_noise(double channel, double whenAll) =>
        Assert.Equal("WhenAll",
            Analyse(Around("Channel", 64, channel), Around("WhenAll", 64, whenAll)).Recommendation!.Choice.Result.Strategy);

    [Fact]
    public void Noise_makes_no_smaller_worker_count_as_good_as_the_best()
    {
        // 9 % between the medians, yet the samples interleave.
        var suite = Analyse(SampleRuns.Case("ThreadPool", 16, 90, 100, 109, 130, 140),
            SampleRuns.Case("ThreadPool", 64, 80, 95, 100, 120, 150));

        Assert.Equal(64, suite.Recommendation!.Choice.Result.Workers);
        Assert.True(suite.Recommendation.IsWithinTolerance);
    }

    [Theory]
    [InlineData(5.1, 64)]
    [InlineData(4.9, 16)]
    public void Recommended_workers_are_within_five_percent_however_noisy(double percent, int workers)
    {
        double[] best = [80, 95, 100, 120, 150];
        var suite = Analyse(SampleRuns.Case("WhenAll", 16, [.. best.Select(makespan => makespan * (1 + percent / 100))]),
            SampleRuns.Case("WhenAll", 64, best));

        Assert.Equal(workers, suite.Recommendation!.Choice.Result.Workers);
    }

    [Fact]
    public void The_fewest_workers_of_a_strategy_are_those_that_noise_does_not_tell_from_its_best()
    {
        double[] wild = [80, 95, 100, 120, 150];
        CaseResult[] starved = [SampleRuns.Case("ThreadPool", 5, [.. wild.Select(makespan => makespan * 1.3)]),
            SampleRuns.Case("ThreadPool", 16, [.. wild.Select(makespan => makespan * 1.1)]), SampleRuns.Case("ThreadPool", 64, wild)];
        CaseResult[] gains = [Around("WhenAll", 5, 300), Around("WhenAll", 16, 104), Around("WhenAll", 64, 100)];

        Assert.Equal(["ThreadPool with 5 workers", "WhenAll with 16 workers"],
            Analyse([.. starved, .. gains]).FewestWorkersByStrategy.Select(row => row.FullName));
    }

    [Fact]
    public void Where_too_few_iterations_tell_noise_the_fewest_workers_are_within_five_percent() => Assert.Equal(
        ["ThreadPool with 16 workers"],
        Analyse(SampleRuns.Case("ThreadPool", 5, 106, 106, 106), SampleRuns.Case("ThreadPool", 16, 104, 104, 104),
            SampleRuns.Case("ThreadPool", 64, 100, 100, 100)).FewestWorkersByStrategy.Select(row => row.FullName));

    [Fact]
    public void At_the_chosen_worker_count_the_simplest_within_noise_is_taken_and_the_others_are_as_good()
    {
        var suite = Analyse(
            SampleRuns.Case("WhenAll", 32, 90, 100, 109, 130, 140), SampleRuns.Case("Channel", 32, 80, 95, 100, 120, 150),
                Around("Dataflow", 32, 200),
            Around("WhenAll", 64, 99));

        Assert.Equal("WhenAll with 32 workers", suite.Recommendation!.Choice.FullName);
        Assert.Equal(["Channel"], suite.Recommendation.Equivalents.Select(row => row.Name));
        Assert.False(suite.Recommendation.IsWithinTolerance);
    }

    [Theory]
    [InlineData(false, 0.0, true)]
    [InlineData(true, null, false)]
    public void Failures_nobody_counted_are_none_only_where_the_first_would_have_ended_the_case(bool mayFail, double? failed, bool isSound)
    {
        var row = Analyse(Around("WhenAll", 16, 100) with { AllowFailures = mayFail }).Rows[0];

        Assert.Equal(failed, row.Failed);
        Assert.Equal(160 - failed, row.Succeeded);
        Assert.Equal(mayFail, row.DownloadsPerSecond is null);
        Assert.Equal(isSound, row.IsValid);
        Assert.Equal(isSound, row.Rank is not null);
    }

    [Fact]
    public void An_unsound_row_is_never_recommended()
    {
        var suite = Analyse(Around("WhenAll", 16, 100), Around("WhenAll", 64, 10).WithFigures(failed: 3),
            Around("Channel", 64, 10) with { AuditFindings = ["Never more than 64 in flight expected, 70 seen."] });

        Assert.Equal(16, suite.Recommendation!.Choice.Result.Workers);
    }

    [Fact]
    public void No_limit_is_recommended_only_where_nothing_has_one()
    {
        Assert.Equal("WhenAll",
            Analyse(Around("WhenAll", 64, 100), Around("WhenAllUnbounded", null, 50)).Recommendation!.Choice.Result.Strategy);
        Assert.Equal("WhenAllUnbounded", Analyse(Around("WhenAllUnbounded", null, 50)).Recommendation!.Choice.Result.Strategy);
    }

    [Fact]
    public void A_blocking_row_far_from_its_ideal_schedule_is_starved_and_others_are_not()
    {
        var starved = Around("ThreadPool", 64, 1500).WithFigures(idealMs: 153.0, meanInFlight: 5.4);
        var suite = Analyse(starved, Around("ThreadPool", 5, 160).WithFigures(idealMs: 153.0),
            starved with { Strategy = "WhenAll", Kind = StrategyKind.Asynchronous });

        Assert.Equal([true, false, false], suite.Rows.Select(row => row.IsStarved));
    }

    [Fact]
    public void Without_an_ideal_starvation_shows_in_flight()
    {
        var suite = Analyse(Around("ThreadPool", 64, 1500).WithFigures(meanInFlight: 6.2), Around("ThreadPool", 64, 160)
            .WithFigures(meanInFlight: 50));

        Assert.Equal([true, false], suite.Rows.Select(row => row.IsStarved));
    }

    [Theory]
    [InlineData(10, 0.9, false)]
    [InlineData(10, 1.1, true)]
    [InlineData(50, 2.4, false)]
    [InlineData(50, 2.6, true)]
    public void A_row_whose_server_was_late_says_so(double latencyMs, double delayMs, bool isBehind)
    {
        var suite = Analyse(Around("WhenAll", 16, 110)
            .WithIterations(iteration => iteration with { LatencyMs = latencyMs, ServerDelayMs = delayMs }));

        Assert.Equal(isBehind, suite.Rows[0].IsServerBehind);
        Assert.Equal(isBehind, suite.Rows[0].Marks.Contains("server behind"));
        Assert.Equal(isBehind, suite.MarkExplanations.Contains(ServerDelay.Explanation));
    }

    [Fact]
    public void A_suite_that_this_program_does_not_have_is_an_error()
    {
        var run = SampleRuns.CreateRun(SampleRuns.Strategies() with { Name = "Removed" });

        var error = Assert.Throws<InvalidRunException>(() => RunAnalysis.Create(run, SuiteCatalogue.Find));
        Assert.Equal("The run has a suite Removed, which this program does not have.", error.Message);
    }

    [Fact]
    public void A_strategy_that_this_program_does_not_have_is_an_error()
    {
        var error = Assert.Throws<InvalidRunException>(() => Analyse(Around("WhenAll", 5, 100) with { Strategy = "Removed" }));
        Assert.Equal("The suite Suite has a strategy Removed, which this program does not have.", error.Message);
    }

    [Fact]
    public void A_machine_on_which_many_rows_spread_is_called_too_noisy()
    {
        CaseResult noisy = SampleRuns.Case("WhenAll", 5, 100, 130, 160, 190, 220), quiet = Around("WhenAll", 16, 100);

        Assert.Contains(Warnings(noisy, noisy, quiet), warning => warning.Contains("too noisy", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(noisy, quiet, quiet, quiet), warning => warning.Contains("too noisy", StringComparison.Ordinal));
    }

    [Fact]
    public void Short_and_starved_rows_do_not_speak_for_the_machine()
    {
        var brief = SampleRuns.Case("WhenAll", 5, 1, 1.3, 1.6, 1.9, 2.2);
        var starved = SampleRuns.Case("ThreadPool", 64, 1000, 1300, 1600, 1900, 2200).WithFigures(meanInFlight: 6);

        Assert.DoesNotContain(Warnings(brief, starved), warning => warning.Contains("too noisy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_audit_is_the_first_warning()
    {
        var warnings = Warnings(Around("WhenAll", 5, 100) with { AuditFindings = ["Expected 960 requests, saw 959."], IsAudited = true },
            SampleRuns.Case("Channel", 5));

        Assert.Equal(["The audit failed for 1 row of 2: what was measured there is not what was asked for.",
            "1 case of 2 did not run to the end."], warnings);
    }

    [Fact]
    public void An_interrupted_run_says_how_far_it_came()
    {
        var run = SampleRuns.CreateRun(new SuiteResult("Suite", "Question?", new Scenario(),
            [Around("WhenAll", 5, 100) with { IsAudited = true }]));

        Assert.Equal(
            ["The run was interrupted after 1 of 23 cases: the best may be among those not measured."],
            SampleRuns.Analyse(run with { Interrupted = true, PlannedCases = 23 }).Warnings);
    }

    [Fact]
    public void A_clean_run_warns_of_nothing() => Assert.Empty(SampleRuns.Analyse(SampleRuns.Everything()).Warnings);

    internal static CaseResult Around(string strategy, int? workers, double median) =>
        SampleRuns.Case(strategy, workers, [.. Enumerable.Range(-3, 7).Select(step => median * (1 + step * 0.001))]);

    internal static SuiteAnalysis Analyse(params IReadOnlyList<CaseResult> cases) => Analyse(new Strategies(), new Scenario(), cases);

    internal static SuiteAnalysis Analyse(ISuiteInterpretation suite, Scenario scenario, params IReadOnlyList<CaseResult> cases) =>
        SuiteAnalysis.Create(new SuiteResult("Suite", "Question?", scenario, cases), suite);

    private static IReadOnlyList<string> Warnings(params IReadOnlyList<CaseResult> rows) =>
        SampleRuns.Analyse(SampleRuns.CreateRun(new SuiteResult("Suite", "Question?", new Scenario(),
            [.. rows.Select(row => row with { IsAudited = true })]))).Warnings;
}

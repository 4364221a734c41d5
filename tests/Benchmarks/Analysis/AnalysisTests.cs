using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Reports;
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

        Assert.Equal(1, suite.Rows[0].Speedup!.Value.Value);
        Assert.Equal(5, suite.Rows[1].Speedup!.Value.Value, 10);
        Assert.Null(suite.Rows[2].Speedup);
    }

    [Fact]
    public void A_baseline_that_ran_a_share_of_the_list_stands_for_the_whole_list()
    {
        var suite = Analyse(
            SampleRuns.Case("Sequential", null, 200, 200, 200) with { IsBaseline = true, Downloads = 40, ListDownloads = 160 },
            SampleRuns.Case("WhenAll", 5, 160, 160, 160) with { Downloads = 160 });

        Assert.Equal(5, suite.Rows[1].Speedup!.Value.Value, 10);
        Assert.Contains("40 of 160 downloads", suite.Rows[0].Marks);
        Assert.Contains(suite.MarkExplanations, sentence => sentence.Contains("40 of the 160", StringComparison.Ordinal));
        Assert.NotNull(suite.Recommendation);
    }

    [Fact]
    public void A_figure_is_the_geometric_mean_of_the_medians_of_its_processes()
    {
        var row = Analyse(SampleRuns.Case("WhenAll", 5, 1) with
        {
            Processes = [Process(1, 90, 100, 5000), Process(2, 1, 400, 400)],
        }).Rows[0];

        Assert.Equal([100, 400], row.MediansMs.Values);
        Assert.Equal(200, row.MedianMs!.Value, 10);
    }

    [Fact]
    public void A_speedup_is_paired_within_rounds_and_its_error_comes_from_the_rounds()
    {
        double[] slowRound = [1, 2, 1];
        var baseline = InRounds("Sequential", null, [800, 800, 800], slowRound);
        var suite = Analyse(
            baseline, InRounds("WhenAll", 5, [158, 160, 162], slowRound), InRounds("Channel", 5, [161, 160, 159], slowRound));

        var speedup = suite.Rows[1].Speedup!.Value;
        Assert.InRange(speedup.Value, 4.99, 5.01);
        // A slow round alone would make it several times as large.
        Assert.InRange(speedup.Error!.Value, 0.02, 0.2);
        Assert.InRange(suite.Noise!.TypicalDeviation, 0.002, 0.02);
    }

    [Fact]
    public void Rows_of_one_process_carry_no_error_and_do_not_stand_beside_the_best()
    {
        var quick = Analyse(Around("Sequential", null, 800).InOneRound(), Around("WhenAll", 5, 160).InOneRound());
        var one = Analyse(Around("Sequential", null, 800), Around("WhenAll", 5, 160), Around("Channel", 5, 100).InOneRound());

        Assert.Null(quick.Noise);
        Assert.All(quick.Rows, row => Assert.Null(row.Speedup!.Value.Error));
        Assert.All(quick.Rows, row => Assert.Null(row.VersusBest));
        Assert.Equal(8, one.Rows[2].Speedup!.Value.Value, 0.1);
        Assert.Null(one.Rows[2].Speedup!.Value.Error);
        Assert.Equal([Standing.Slower, Standing.BestOrTie, null], one.Rows.Select(row => row.VersusBest?.Standing));
    }

    [Fact]
    public void An_interrupted_last_round_costs_the_other_rows_nothing()
    {
        var suite = Analyse(Around("WhenAll", 5, 160), SampleRuns.Rounded("Channel", 5, 161, rounds: 2),
            SampleRuns.Rounded("Dataflow", 5, 162, rounds: 2), SampleRuns.Rounded("StaticPartition", 5, 163, rounds: 2));

        Assert.All(suite.Rows, row => Assert.NotNull(row.VersusBest));
    }

    [Fact]
    public void Rows_stand_beside_the_best_as_their_intervals_tell()
    {
        var suite = Analyse(InRounds("WhenAll", 64, [100, 100.2, 99.8]), InRounds("Channel", 64, [101, 100.8, 101.3]),
            InRounds("Dataflow", 64, [105.3, 104.8, 105]), InRounds("Sequential", null, [5000, 5010, 4995]));

        Assert.Equal(
            [Standing.BestOrTie, Standing.BestOrTie, Standing.Undecided, Standing.Slower],
            suite.Rows.Select(row => row.VersusBest!.Standing));
        Assert.Equal(0.01, suite.Rows[1].VersusBest!.Slowdown, 0.005);
    }

    [Fact]
    public void What_failed_is_not_compared_and_beats_nobody()
    {
        var suite = Analyse(
            Around("Sequential", null, 500),
            Around("WhenAll", 64, 10).WithFigures(failed: 1),
            Around("Channel", 64, 10) with { AuditFindings = ["Expected 160 requests, saw 159."] },
            SampleRuns.Case("ThreadPool", 64),
            Around("ParallelForEachAsync", 64, 100));

        Assert.Equal([Standing.Slower, null, null, null, Standing.BestOrTie], suite.Rows.Select(row => row.VersusBest?.Standing));
        Assert.Equal([true, false, false, false, true], suite.Rows.Select(row => row.Speedup is not null));
        Assert.Null(suite.Rows[3].MedianMs);
        Assert.Contains("not compared", suite.Rows[1].Marks);
    }

    [Fact]
    public void Starved_cold_changing_and_unlimited_rows_are_not_compared()
    {
        var suite = Analyse(
            Around("WhenAll", 64, 100), Around("Channel", 64, 101),
            Around("ThreadPool", 64, 50).WithFigures(meanInFlight: 5),
            Around("WhenAll", 64, 50) with { IsCold = true },
            Changing("ParallelForEach", 64),
            Around("WhenAllUnbounded", null, 20));

        Assert.Equal([true, true, false, false, false, false], suite.Rows.Select(row => row.VersusBest is not null));
        Assert.True(suite.Rows[4].HasTrend);
        Assert.Contains("still changing", suite.Rows[4].Marks);
        Assert.Equal("WhenAll with 64 workers", suite.Recommendation!.Choice.FullName);
        var chart = Assert.IsType<LineChart>(suite.Charts[^1]);
        Assert.Equal(suite.Rows[4].Figures.MakespansMs, chart.Series.SelectMany(line => line.Points).Select(point => point.Y));
    }

    /// <summary>The first run is longer than the others of every case. It tells of a pool that grows only where threads were missing, and
    /// only a row of one process needs it.</summary>
    [Theory]
    [InlineData(62, false, 1, true)]
    [InlineData(0, false, 1, false)]
    [InlineData(null, false, 1, false)]
    [InlineData(62, true, 1, false)]
    [InlineData(62, false, 2, false)]
    public void The_first_run_shows_a_trend_where_the_only_process_lacked_threads(int? missing, bool isCold, int processes, bool expected)
    {
        double[] makespans = [2156, 1577, 1320, 1105, 980, 870];
        var falling = SampleRuns.Case("ThreadPool", 64, makespans);
        var flat = SampleRuns.Case("ThreadPool", 64, [.. makespans.Select(_ => 1000.0)]);
        var row = falling with
        {
            MissingThreads = missing,
            IsCold = isCold,
            Processes = [.. falling.Processes.Concat(flat.Processes).Take(processes).Select((process, index) =>
                process with { Round = index + 1, FirstMs = 13_192 })],
        };

        Assert.Equal(expected, Analyse(row).Rows[0].HasTrend);
    }

    [Fact]
    public void Rows_of_other_conditions_are_compared_apart()
    {
        var tail = new Scenario { LatencyP99 = TimeSpan.FromSeconds(1) };
        var suite = Analyse(Around("WhenAll", 16, 100), Around("Channel", 16, 120), Around("WhenAll", 16, 300) with { Scenario = tail },
            Around("Channel", 16, 400) with { Scenario = tail });

        Assert.Equal(
            [Standing.BestOrTie, Standing.Slower, Standing.BestOrTie, Standing.Slower], suite.Rows.Select(row => row.VersusBest!.Standing));
        Assert.Null(suite.Recommendation);
    }

    [Fact]
    public void Of_the_ties_the_fewest_workers_and_then_the_least_code_are_recommended()
    {
        var suite = Analyse(
            Around("WhenAll", 16, 111), Around("Channel", 32, 102), Around("WhenAll", 32, 102.5), Around("WhenAll", 64, 100));

        Assert.Equal("WhenAll with 32 workers", suite.Recommendation!.Choice.FullName);
        Assert.Equal(["Channel with 32 workers", "WhenAll with 64 workers"], suite.Recommendation.Ties.Select(row => row.FullName));
    }

    [Theory]
    [InlineData(100, 100.3)]
    [InlineData(100.3, 100)]
    public void Which_of_two_ties_is_recommended_does_not_depend_on_noise(double channel, double whenAll) =>
        Assert.Equal("WhenAll",
            Analyse(Around("Channel", 64, channel), Around("WhenAll", 64, whenAll)).Recommendation!.Choice.Result.Strategy);

    [Fact]
    public void Noise_makes_no_smaller_worker_count_a_tie_but_undecided()
    {
        var suite = Analyse(InRounds("WhenAll", 16, [115, 104, 109]), InRounds("WhenAll", 64, [95, 103, 102]),
            InRounds("Channel", 64, [140, 160, 150]));

        Assert.Equal(64, suite.Recommendation!.Choice.Result.Workers);
        Assert.Equal(["WhenAll with 16 workers"], suite.Recommendation.Undecided.Select(row => row.FullName));
        Assert.Contains(SampleRuns.Analyse(SampleRuns.CreateRun(suite.Result)).Warnings,
            warning => warning.Contains("too noisy to tell small differences", StringComparison.Ordinal));
    }

    [Fact]
    public void One_round_names_the_fastest_and_calls_nothing_a_tie()
    {
        var suite = Analyse(Around("Channel", 64, 100).InOneRound(), Around("WhenAll", 64, 100.1).InOneRound());

        Assert.Equal("Channel", suite.Recommendation!.Choice.Result.Strategy);
        Assert.False(suite.Recommendation.HasIntervals);
        Assert.Empty(suite.Recommendation.Ties);
        Assert.Null(suite.Conclusion.Recommended);
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
    }

    [Fact]
    public void An_unsound_row_is_never_recommended()
    {
        var suite = Analyse(Around("WhenAll", 16, 100), Around("Dataflow", 16, 120), Around("WhenAll", 64, 10).WithFigures(failed: 3),
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
    public void A_row_with_threads_of_its_own_is_slow_and_not_starved()
    {
        var suite = Analyse(Around("WhenAll", 64, 50), Around("DedicatedThreads", 64, 150).WithFigures(idealMs: 48.0));

        Assert.Empty(suite.Rows[1].Marks);
        Assert.Equal(Standing.Slower, suite.Rows[1].VersusBest?.Standing);
    }

    [Fact]
    public void A_row_whose_workers_all_have_a_thread_or_a_busy_processor_is_not_starved()
    {
        var slow = Around("ThreadPool", 64, 1500).WithFigures(idealMs: 153.0) with { MissingThreads = 62 };
        var suite = Analyse(slow, slow with { MissingThreads = 0 },
            slow.WithIterations(iteration => iteration with { CpuMs = 0.8 * iteration.MakespanMs }),
            slow.WithIterations(iteration => iteration with { ServiceTimeMs = 0.2 }));

        Assert.Equal([true, false, false, false], suite.Rows.Select(row => row.IsStarved));
    }

    [Fact]
    public void A_row_that_was_refused_and_succeeded_by_retries_is_not_compared()
    {
        var outcomes = new Dictionary<RequestOutcome, int> { [RequestOutcome.Served] = 160, [RequestOutcome.Refused] = 9 };
        var suite = Analyse(Around("WhenAll", 8, 300), Around("Channel", 8, 300),
            Around("WhenAll", 16, 200).WithFigures(failed: 0, attempts: 169, outcomes: outcomes));

        Assert.Equal(["refused"], suite.Rows[2].Marks);
        Assert.Null(suite.Rows[2].VersusBest);
        Assert.Contains(suite.MarkExplanations, sentence => sentence.StartsWith("Refused: ", StringComparison.Ordinal));
        Assert.Equal(8, suite.Recommendation!.Choice.Result.Workers);
    }

    [Fact]
    public void A_suite_says_in_how_many_rounds_it_was_measured() => Assert.StartsWith(
        "160 downloads, 5 rounds, processes of each case: 3 or 5, ",
        Analyse(Around("WhenAll", 16, 100), SampleRuns.Rounded("Channel", 16, 100, rounds: 5)).MeasurementSummary);

    [Fact]
    public void A_case_that_ended_early_keeps_its_reason()
    {
        var ended = SampleRuns.Case("Channel", 5) with { EndedEarly = "3 of 160 downloads failed: Timed out." };

        Assert.Equal(["1 case of 2 did not run to the end, as Channel with 5 workers: 3 of 160 downloads failed: Timed out."],
            Warnings(Around("WhenAll", 5, 100), ended));
        var suite = Analyse(Around("WhenAll", 5, 100), ended);
        var column = ReportColumn.For(suite).Single(column => column.Title == "Failed");
        Assert.Equal("ended early: 3 of 160 downloads failed: Timed out.", column.Format(suite.Rows[1]));
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
        Assert.Equal(
            ["The run was interrupted in a later round, after every case had been measured: some cases have fewer processes than others."],
            SampleRuns.Analyse(run with { Interrupted = true, PlannedCases = 1 }).Warnings);
    }

    [Fact]
    public void A_clean_run_warns_of_nothing() => Assert.Empty(SampleRuns.Analyse(SampleRuns.Everything()).Warnings);

    internal static CaseResult Around(string strategy, int? workers, double makespanMs) =>
        SampleRuns.Rounded(strategy, workers, makespanMs);

    /// <summary>A case whose iterations get shorter and shorter: a pool that grows.</summary>
    internal static CaseResult Changing(string strategy, int? workers) => Around(strategy, workers, 100) with
    {
        Processes = [.. Enumerable.Range(1, 3).Select(round => Process(round, 900 + round, 700, 500, 400, 300, 250))],
    };

    /// <summary>A case of these makespans, one in each round, and by what the round multiplies them.</summary>
    internal static CaseResult InRounds(string strategy, int? workers, double[] makespans, double[]? factors = null) =>
        Around(strategy, workers, 100) with
        {
            Processes = [.. makespans.Select((makespan, round) => Process(round + 1, makespan * (factors?[round] ?? 1)))],
        };

    private static ProcessResult Process(int round, params double[] makespans) =>
        new(round, [.. makespans.Select(makespan => new IterationResult { MakespanMs = makespan })]);

    internal static SuiteAnalysis Analyse(params IReadOnlyList<CaseResult> cases) => Analyse(new Strategies(), new Scenario(), cases);

    internal static SuiteAnalysis Analyse(ISuiteInterpretation suite, Scenario scenario, params IReadOnlyList<CaseResult> cases) =>
        SuiteAnalysis.Create(new SuiteResult("Suite", "Question?", scenario, cases), suite);

    private static IReadOnlyList<string> Warnings(params IReadOnlyList<CaseResult> rows) =>
        SampleRuns.Analyse(SampleRuns.CreateRun(new SuiteResult("Suite", "Question?", new Scenario(),
            [.. rows.Select(row => row with { IsAudited = true })]))).Warnings;
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;
using Downloader.Tests.Benchmarks.Suites;
using static Downloader.Tests.Benchmarks.Analysis.AnalysisTests;

namespace Downloader.Tests.Benchmarks.Analysis;

public sealed class ConclusionTests
{
    [Fact]
    public void Strategies_says_who_ties_who_starves_and_that_the_worker_count_is_the_servers_to_decide()
    {
        var conclusion = Analyse(
            Around("Sequential", null, 8000),
            Around("ThreadPool", 16, 700), Around("ThreadPool", 64, 1500).WithFigures(meanInFlight: 6.2, idealMs: 153),
            Around("WhenAll", 16, 520), Around("Channel", 64, 160.5), Around("WhenAll", 64, 160)).Conclusion;
        var sentences = WithPlainSpaces(conclusion.Sentences).ToArray();

        Assert.Matches(@"^2 rows tie for best with 64 workers: (49\.\d|50\.\d) ± 0\.\d times faster than Sequential\.$", sentences[0]);
        Assert.Equal("ThreadPool starves with 64 workers: with 64 only 6.20 requests were in flight on average.", sentences[1]);
        Assert.StartsWith("This server has no limit that was reached, so the largest worker count wins: how many to take is your server's",
            sentences[^1]);
        Assert.Equal("Recommended: WhenAll, a tie with Channel, taken for its least code, which is a preference. Its 64 workers are "
            + "the end of "
            + "the list, not advice.", WithPlainSpaces(conclusion.Recommended!));
    }

    [Fact]
    public void A_capacity_that_only_the_peak_shows_is_a_limit_that_was_met()
    {
        // 64 workers, of which 60 are served at once: 184 ms for 124 ms, with fewer than 60 in flight on average.
        var conclusion = Analyse(new Strategies(), new Scenario { Capacity = 60 }, Around("Sequential", null, 8000),
            Around("WhenAll", 16, 490), AtOnce(64, Around("WhenAll", 64, 184)).WithFigures(meanInFlight: 45)).Conclusion;

        Assert.DoesNotContain(conclusion.Sentences, sentence => sentence.StartsWith("This server has no limit", StringComparison.Ordinal));
        Assert.Contains(conclusion.Sentences, sentence => sentence.StartsWith("The largest worker count", StringComparison.Ordinal));
        Assert.Contains(conclusion.Sentences, sentence => sentence.StartsWith("The server serves 60 at once", StringComparison.Ordinal));
    }

    [Fact]
    public void That_the_largest_worker_count_wins_takes_rounds_several_counts_and_a_finished_suite()
    {
        CaseResult[] rows = [Around("Sequential", null, 8000), Around("Channel", 16, 520), Around("WhenAll", 64, 160)];
        var whole = new SuiteResult("Strategies", "Question?", new Scenario(), rows);

        Assert.True(Says(whole));
        Assert.False(Says(whole with { Cases = [.. rows.Select(row => row.InOneRound())] }));
        Assert.False(Says(whole with { Cases = [rows[0], rows[2], Around("Channel", 64, 300)] }));
        Assert.False(Says(whole with { IsUnfinished = true }));

        static bool Says(SuiteResult suite) => SuiteAnalysis.Create(suite, new Strategies()).Conclusion.Sentences
            .Any(sentence => sentence.Contains("largest worker count", StringComparison.Ordinal)
                && sentence.Contains("--scenario FILE", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_fewer_workers_tie_Strategies_recommends_their_number()
    {
        var conclusion = Analyse(new Strategies(), new Scenario { Capacity = 16 }, Around("Sequential", null, 8000),
            AtOnce(16, Around("WhenAll", 16, 520)), AtOnce(64, Around("WhenAll", 64, 519))).Conclusion;

        Assert.StartsWith("Recommended: WhenAll with 16 workers. It ties with WhenAll with 64 workers;",
            WithPlainSpaces(conclusion.Recommended!));
        Assert.DoesNotContain(conclusion.Sentences, sentence => sentence.StartsWith("This server has no limit", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_undecided_is_named_with_the_rounds_that_would_tell()
    {
        var conclusion = Analyse(Around("Sequential", null, 8000), SampleRuns.Rounded("WhenAll", 16, 103, deviation: 0.02),
            SampleRuns.Rounded("Channel", 16, 100, deviation: 0.02), SampleRuns.Rounded("Dataflow", 16, 130, deviation: 0.02)).Conclusion;

        Assert.Null(conclusion.Recommended);
        var open = Assert.Single(WithPlainSpaces(conclusion.Sentences), sentence =>
            sentence.StartsWith("Nothing is recommended yet: Channel with 16 workers was the best", StringComparison.Ordinal));
        Assert.Matches(@"Undecided: WhenAll; (about \d+|more than 100) rounds would", open);
    }

    [Fact]
    public void One_round_names_the_fastest_and_recommends_nothing()
    {
        var conclusion = Analyse(Around("Sequential", null, 8000).InOneRound(), Around("Channel", 16, 501).InOneRound(),
            Around("WhenAll", 16, 520).InOneRound()).Conclusion;

        Assert.Matches(@"^Fastest in this one round: Channel with 16 workers, 1\d\.\d times faster than Sequential\.$",
            WithPlainSpaces(conclusion.Sentences[0]));
        Assert.Contains("One round tells no differences, so nothing is recommended: measure with --rounds 3 or more.",
            conclusion.Sentences);
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Rows_that_starve_or_change_alone_recommend_nothing()
    {
        var conclusion = Analyse(Around("ThreadPool", 64, 500).WithFigures(meanInFlight: 5), Changing("ParallelForEach", 64)).Conclusion;

        Assert.Equal("Nothing is recommended: every row is starved, refused, still changing, or has failed downloads.",
            conclusion.Sentences[0]);
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Where_a_rate_limit_binds_workers_are_the_wrong_knob_in_every_suite()
    {
        var refused = new Dictionary<RequestOutcome, int> { [RequestOutcome.Served] = 80, [RequestOutcome.RateLimited] = 80 };
        var reasons = new Dictionary<string, int> { ["429"] = 80 };
        foreach (var name in SuiteInterpretationTests.Names())
        {
            // 80 served in 2 s, 4 in flight on average: 100 ms each, so 4 in flight make 40 a second.
            var conclusion = Analyse(SuiteCatalogue.Find(name)!, new Scenario { RateLimit = 40 },
                Around("Sequential", null, 8000).WithFigures(failed: 0), Around("WhenAll", 2, 4000).WithFigures(failed: 0),
                Around("WhenAll", 8, 2000).WithFigures(meanInFlight: 4, failed: 80, failureReasons: reasons, attempts: 160,
                    outcomes: refused))
                .Conclusion;

            Assert.Equal(
                ["Workers are the wrong knob here: the server's limit of 40 requests/s decides.",
                    "It refused requests (429) in 1 row of 3, most with WhenAll with 8 workers: 80 of 160 requests.",
                    "By Little's law about 4.00 requests in flight make 40 a second at 100 ms each; more exceed it, unless paced.",
                    "Pace the requests below that rate and honour Retry-After. No worker count is recommended."],
                WithPlainSpaces(conclusion.Sentences));
            Assert.Null(conclusion.Recommended);
        }
    }

    [Fact]
    public void The_service_time_under_a_rate_limit_is_without_waits_for_the_capacity_and_counts_requests_that_met_a_fault()
    {
        // 8 workers have 8 in flight for a second: 200 requests of 40 ms, of which 80 met a fault. 64 wait three quarters of the time.
        var outcomes = new Dictionary<RequestOutcome, int>
        {
            [RequestOutcome.Served] = 120,
            [RequestOutcome.Reset] = 80,
            [RequestOutcome.RateLimited] = 30,
        };
        var conclusion = Analyse(new Capacity(), new Scenario { RateLimit = 130, Capacity = 16 },
            AtOnce(8, SampleRuns.Case("WorkerLoops", 8, 1000)).WithFigures(meanInFlight: 8, attempts: 230, outcomes: outcomes),
            AtOnce(64, SampleRuns.Case("WorkerLoops", 64, 500)).WithFigures(meanInFlight: 64, attempts: 230, outcomes: outcomes))
            .Conclusion;

        Assert.Contains("By Little's law about 5.20 requests in flight make 130 a second at 40.0 ms each; more exceed it, unless paced.",
            WithPlainSpaces(conclusion.Sentences));
    }

    [Fact]
    public void A_rate_limit_that_only_a_row_without_a_limit_met_leaves_the_others_their_conclusion()
    {
        var refused = new Dictionary<RequestOutcome, int> { [RequestOutcome.RateLimited] = 80 };
        var conclusion = Analyse(new Strategies(), new Scenario { RateLimit = 1000 }, Around("Sequential", null, 8000),
            Around("WhenAll", 5, 1600),
            Around("WhenAllUnbounded", null, 50).WithFigures(failed: 80, attempts: 160, outcomes: refused)).Conclusion;

        Assert.StartsWith("Recommended: WhenAll", conclusion.Recommended);
        Assert.Contains("Downloads failed in 1 row of 3, most with WhenAllUnbounded: 80 of 160 downloads failed; such times are not "
            + "compared.",
            WithPlainSpaces(conclusion.Sentences));
    }

    [Fact]
    public void Where_downloads_fail_in_every_row_nothing_is_recommended_in_any_suite_and_the_cause_is_named()
    {
        var faults = new Dictionary<RequestOutcome, int> { [RequestOutcome.Served] = 152, [RequestOutcome.Reset] = 8 };
        var reasons = new Dictionary<string, int> { ["reset"] = 8 };
        foreach (var name in SuiteInterpretationTests.Names())
        {
            CaseResult[] rows = [Around("Sequential", null, 8000), Around("WhenAll", 16, 520)];
            var conclusion = Analyse(SuiteCatalogue.Find(name)!, new Scenario { FaultShare = 0.05 },
                [.. rows.Select(row => row.WithFigures(failed: 8, failureReasons: reasons, outcomes: faults))]).Conclusion;

            Assert.Equal(
                ["Nothing is recommended: in every row downloads failed.",
                    "The server's faults made requests fail: retries answer those (--retry).",
                    "Downloads failed in 2 rows of 2, most with Sequential: 8 of 160 downloads failed (reset); such times are not "
                        + "compared."],
                WithPlainSpaces(conclusion.Sentences));
            Assert.Null(conclusion.Recommended);
        }
    }

    [Fact]
    public void The_first_line_of_every_conclusion_fits_a_terminal() => Assert.All(
        SampleRuns.Analyse(SampleRuns.Everything()).Suites,
        suite => Assert.InRange(suite.Conclusion.Sentences[0].Length, 10, 100));

    [Fact]
    public void An_unfinished_suite_recommends_nothing()
    {
        var suite = new SuiteResult("Suite", "Question?", new Scenario(), [Around("Sequential", null, 8000), Around("WhenAll", 64, 160)]);

        Assert.NotNull(SuiteAnalysis.Create(suite, new Strategies()).Conclusion.Recommended);
        Assert.Null(SuiteAnalysis.Create(suite with { IsUnfinished = true }, new Strategies()).Conclusion.Recommended);
    }

    [Fact]
    public void Without_a_baseline_there_is_a_time_and_no_speedup() =>
        Assert.Matches("^Best: WhenAll with 64 workers, 1[56]\\d ms\\.$",
            WithPlainSpaces(Analyse(Around("WhenAll", 16, 520), Around("WhenAll", 64, 160)).Conclusion.Sentences[0]));

    [Fact]
    public void When_nothing_ran_the_answer_says_so()
    {
        var answer = Analyse(SampleRuns.Case("Sequential", null), SampleRuns.Case("WhenAll", 5)).Conclusion;

        Assert.Equal(["No case of this suite ran to its end."], answer.Sentences);
        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void A_single_row_is_compared_with_nothing() =>
        Assert.Equal(["Only one case ran, so there is nothing to compare: WhenAll with 5 workers took 1.66 s for 160 downloads."],
            WithPlainSpaces(Analyse(SampleRuns.Case("WhenAll", 5, 1660)).Conclusion.Sentences));

    [Fact]
    public void Capacity_finds_the_knee_names_the_capacity_that_the_log_shows_and_who_pays()
    {
        var reasons = new Dictionary<string, int> { ["503"] = 100 };
        var refused = new Dictionary<RequestOutcome, int> { [RequestOutcome.Refused] = 100 };
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 16, Queue = 32 },
            Around("WhenAll", 8, 1020), AtOnce(16, Around("WhenAll", 16, 512)), AtOnce(32, Around("WhenAll", 32, 510)),
            AtOnce(64, Around("Adaptive", 64, 700)),
            Around("WhenAll", 64, 400).WithFigures(failed: 14, failureReasons: reasons, outcomes: refused),
            Around("WhenAllUnbounded", null, 200).WithFigures(failed: 100, failureReasons: reasons, outcomes: refused)).Conclusion;
        var sentences = WithPlainSpaces(conclusion.Sentences).ToArray();

        Assert.Equal("Time stops falling at 16 workers: the server serves 16 at once.", sentences[0]);
        Assert.Matches(@"^WhenAll with 32 workers took 5\d\d ms against 5\d\d ms\.$", sentences[1]);
        Assert.Equal("Refusals (503) began at 64 workers.", sentences[2]);
        Assert.Equal("Downloads failed in 2 rows of 6, most with WhenAllUnbounded: 100 of 160 downloads failed (503); such times are not "
            + "compared.", sentences[3]);
        Assert.StartsWith("Recommended: WhenAll with 16 workers", conclusion.Recommended);
    }

    [Fact]
    public void Capacity_takes_a_slow_Adaptive_for_no_row_of_more_workers()
    {
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 500, Queue = 500 },
            Around("WorkerLoops", 16, 400), AtOnce(32, Around("WorkerLoops", 32, 208)), AtOnce(64, Around("Adaptive", 64, 290)),
            Around("WhenAllUnbounded", null, 45)).Conclusion;

        Assert.Contains("Where time stops falling was not seen with up to 32 workers, so no worker count is recommended.",
            WithPlainSpaces(conclusion.Sentences));
        Assert.Null(conclusion.Recommended);
    }

    [Theory]
    [InlineData(new[] { 3, 7, 50 }, "between 7 and 50 workers", "count between them")]
    [InlineData(new[] { 3, 7, 50, 70 }, "between 7 and 50 workers", "count between them")]
    [InlineData(new[] { 50, 70 }, "at 50 workers or fewer", "lower count")]
    public void Capacity_recommends_no_count_beyond_what_the_server_serves_at_once(int[] workers, string knee, string missing)
    {
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 16, Queue = 500 },
            [.. workers.Select(count => AtOnce(count, Around("WorkerLoops", count, 6400.0 / Math.Min(16, count)))),
                Around("Adaptive", 64, 600)]).Conclusion;
        var sentences = WithPlainSpaces(conclusion.Sentences).ToArray();

        Assert.Equal($"Time stops falling {knee}: the server serves 16 at once.", sentences[0]);
        Assert.Contains($"No {missing} was compared, so none is recommended: measure 16 too (--workers).", sentences);
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Capacity_that_was_not_reached_is_not_named_and_no_count_recommended()
    {
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 1000, Queue = 64 },
            Around("WhenAll", 8, 1020).WithFigures(meanInFlight: 8, failed: 0),
            Around("WhenAll", 16, 512).WithFigures(meanInFlight: 16, failed: 0)).Conclusion;

        Assert.Contains("Where time stops falling was not seen with up to 16 workers, so no worker count is recommended.",
            WithPlainSpaces(conclusion.Sentences));
        Assert.DoesNotContain(conclusion.Sentences, sentence => sentence.Contains("1,000", StringComparison.Ordinal));
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Where_time_stops_falling_without_a_limit_in_the_log_the_capacity_is_not_blamed() => Assert.Equal(
        "Time stops falling at 16 workers: the client or the machine is the limit.",
        Analyse(new Capacity(), new Scenario { Capacity = 1000 }, Around("WhenAll", 8, 1020), Around("WhenAll", 16, 512),
            Around("WhenAll", 32, 511)).Conclusion.Sentences[0]);

    [Fact]
    public void Capacity_on_a_noisy_machine_says_between_which_counts_time_stops_falling()
    {
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            InRounds("WhenAll", 8, [1000, 1050, 1020]), InRounds("WhenAll", 16, [520, 480, 530]),
            AtOnce(20, InRounds("WhenAll", 20, [480, 520, 495])), AtOnce(32, InRounds("WhenAll", 32, [610, 590, 600]))).Conclusion;

        Assert.Equal("Time stops falling between 16 and 20 workers: the server serves 16 at once.", conclusion.Sentences[0]);
        // A row of fewer workers may be as good: its count must not be left out of the advice.
        Assert.Contains(conclusion.Sentences, sentence => sentence.StartsWith("Nothing is recommended yet: ", StringComparison.Ordinal));
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Capacity_claims_no_knee_where_the_rows_of_more_workers_are_undecided()
    {
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            InRounds("WhenAll", 8, [1000, 1050, 1020]), InRounds("WhenAll", 16, [520, 480, 530]),
            AtOnce(20, InRounds("WhenAll", 20, [480, 520, 495])), AtOnce(32, InRounds("WhenAll", 32, [505, 510, 490]))).Conclusion;
        var sentences = WithPlainSpaces(conclusion.Sentences).ToArray();

        Assert.Equal("Fastest here, but undecided: WhenAll with 20 workers, 498 ms.", sentences[0]);
        Assert.Equal("These rounds do not tell where time stops falling, so no worker count is recommended.", sentences[1]);
        Assert.Null(conclusion.Recommended);
    }

    [Fact]
    public void Capacity_without_an_audit_neither_denies_failures_nor_recommends()
    {
        var answer = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 16, 512) with { AllowFailures = true },
                Around("WhenAllUnbounded", null, 200) with { AllowFailures = true }).Conclusion;

        Assert.Equal(
            ["Nothing is recommended: downloads may have failed, and without an audit they are not counted."],
            answer.Sentences);
        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void Capacity_recommends_only_what_was_counted_and_says_what_was_not()
    {
        var answer = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 8, 1020).WithFigures(failed: 0) with { AllowFailures = true },
                Around("WhenAll", 16, 512) with { AllowFailures = true }).Conclusion;

        Assert.DoesNotContain("No download failed.", answer.Sentences);
        Assert.Contains("Whether downloads failed is unknown for 1 row of 2: without an audit they are not counted.", answer.Sentences);
        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void Capacity_says_that_none_failed_when_all_were_counted() =>
        Assert.Contains("No download failed.", Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 8, 1020).WithFigures(failed: 0) with { AllowFailures = true }, Around("WhenAll", 16, 512)
                .WithFigures(failed: 0) with
            { AllowFailures = true }).Conclusion.Sentences);

    [Fact]
    public void Several_reasons_of_failure_stand_with_their_counts_per_iteration()
    {
        var reasons = new Dictionary<string, int> { ["reset"] = 2, ["503"] = 6 };
        var conclusion = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 8, 1020), Around("WhenAll", 64, 512).WithFigures(failed: 8, failureReasons: reasons)).Conclusion;

        Assert.Contains("Downloads failed in 1 row of 2, most with WhenAll with 64 workers: 8 of 160 downloads failed (503: 6, reset: 2); "
            + "such times are not compared.", WithPlainSpaces(conclusion.Sentences));
    }

    [Fact]
    public void Comparison_sets_measured_beside_published()
    {
        var answer = Analyse(new Article(), new Scenario(),
            Around("Sequential", null, 18_600) with { Variant = "no session", PublishedMs = 19_000, IsBaseline = false },
            Around("Sequential", null, 8_900).WithFigures(idealMs: 8_800.0) with { Variant = "session", PublishedMs = 9_000 },
            Around("DedicatedThreads", 5, 1_780) with { PublishedMs = 3_000 }).Conclusion;

        var sentences = WithPlainSpaces(answer.Sentences).ToArray();

        Assert.StartsWith("Best: DedicatedThreads with 5 workers, ", sentences[0]);
        Assert.StartsWith("Measured (published): Sequential (no session) 18.6 s (19.0 s), Sequential (session) 8.", sentences[1]);
        Assert.Matches(@"^Sequential \(no session\) ran 2\.\d+ ± 0\.\d+ times slower than Sequential \(session\) \(published: 2\.11\)\.$",
            sentences[2]);
        Assert.Matches(
            @"^DedicatedThreads with 5 workers ran [45]\.\d+ ± 0\.\d+ times faster than Sequential \(session\) \(published: 3\.00\)\.$",
            sentences[3]);
        Assert.Matches(@"^Farthest from its ideal schedule is Sequential \(session\): 8\.\d\d s, .* % (above|below) it\.$", sentences[4]);
    }

    [Fact]
    public void Session_counts_connections_and_takes_the_policy_with_the_fewest()
    {
        var answer = Analyse(new Session(), new Scenario(),
            Around("WhenAll", 16, 1170).WithFigures(connections: 160) with { Variant = "new", IsBaseline = true },
            Around("WhenAll", 16, 511).WithFigures(connections: 17) with { Variant = "per worker" },
            Around("WhenAll", 16, 512).WithFigures(connections: 16) with { Variant = "shared" }).Conclusion;

        Assert.Matches(@"^WhenAll \(new\) with 16 workers opened 160 connections and took 1\.1\d s; WhenAll \(shared\) with 16 "
            + @"workers opened "
            + @"16 connections and took 51\d ms\.$", WithPlainSpaces(answer.Sentences[1]));
        Assert.StartsWith("Recommended: WhenAll (shared) with 16 workers", answer.Recommended);
    }

    [Fact]
    public void Cold_start_names_the_worst_first_run_and_its_cure()
    {
        var answer = Analyse(new ColdStartFirst(), new Scenario(),
            SampleRuns.Rounded("ThreadPool", 64, 30_000, deviation: 0) with { IsCold = true }, SampleRuns.Case("ThreadPool", 64, 1_500),
            SampleRuns.Rounded("ThreadPool", 64, 200, deviation: 0) with { IsCold = true, Variant = "min threads 64" },
                SampleRuns.Case("ThreadPool", 64, 160) with { Variant = "min threads 64" },
            SampleRuns.Case("WhenAll", 64, 240) with { IsCold = true }, SampleRuns.Case("WhenAll", 64, 160)).Conclusion;

        Assert.Equal(
            ["First run of ThreadPool with 64 workers: 30.0 s, 20.0 times its steady 1.50 s.",
                "No asynchronous one needed more than 1.50 times (WhenAll with 64 workers: 240 ms)."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Remedy: ThreadPool (min threads 64) with 64 workers took 200 ms in its first run, 150 times faster.",
            WithPlainSpaces(answer.Recommended!));
    }

    [Theory]
    [InlineData(new double[] { 200, 210, 220 }, "; the JIT and its runtime cost 130 ms more.")]
    [InlineData(new double[] { 200, 79, 220 }, ", with the JIT 151 ms: not in every process more.")]
    public void Cold_start_says_what_the_JIT_costs_where_every_process_shows_it(double[] jit, string end)
    {
        var answer = Analyse(new ColdStartTool(), new Scenario(),
            InRounds("WorkerLoops", 64, [80, 80, 80]) with { IsCold = true, Variant = "tool, ahead of time" },
            InRounds("WorkerLoops", 64, jit) with { IsCold = true, Variant = "tool, JIT" }).Conclusion;

        Assert.Equal(["Compiled ahead of time the tool took 80.0 ms as a process" + end], WithPlainSpaces(answer.Sentences));
    }

    [Fact]
    public void Faults_speaks_for_each_variant_by_its_worst_row()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            SampleRuns.Case("WhenAll", 16, 510).WithFigures(failed: 8, attempts: 160), SampleRuns.Case("Channel", 16, 510)
                .WithFigures(failed: 9, attempts: 160),
            SampleRuns.Case("WhenAll", 16, 700).WithFigures(attempts: 168) with { Variant = "retry" }, SampleRuns.Case("Channel", 16, 650)
                .WithFigures(attempts: 168) with
            { Variant = "retry" }).Conclusion;

        Assert.Equal(
            ["without a policy: 5.6 % lost; retry: no download lost.", "Channel with 16 workers: 151 of 160 downloads succeeded in "
                + "160 attempts, 510 ms (the worst of 2).",
                "WhenAll (retry) with 16 workers: 160 of 160 downloads succeeded in 168 attempts, 700 ms (the worst of 2).",
                "Downloads failed in 2 rows of 4, most with Channel with 16 workers: 9 of 160 downloads failed; such times are not "
                    + "compared."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Recommended: retry. With it every download succeeded.", answer.Recommended);
    }

    [Fact]
    public void Faults_without_an_audit_recommends_only_what_cannot_have_failed()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            SampleRuns.Case("WhenAll", 16, 510) with { Variant = "no retry", AllowFailures = true },
                SampleRuns.Case("WhenAll", 16, 700) with { Variant = "retry" }).Conclusion;

        Assert.Equal(
            ["no retry: not counted; retry: no download lost.", "WhenAll (no retry) with 16 workers: how many of 160 downloads "
                + "succeeded is unknown, because they were not counted, 510 ms.",
                "WhenAll (retry) with 16 workers: 160 of 160 downloads succeeded, 700 ms."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Recommended: retry. With it every download succeeded.", answer.Recommended);
    }

    [Fact]
    public void Faults_recommends_no_variant_of_which_a_case_did_not_run_to_its_end()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            SampleRuns.Case("WhenAll", 16, 510).WithFigures(failed: 8) with { Variant = "no retry", AllowFailures = true },
            SampleRuns.Case("WhenAll", 16, 700) with { Variant = "retry" },
            SampleRuns.Case("Channel", 16) with { Variant = "retry" }).Conclusion;

        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void A_cold_start_that_is_not_faster_in_every_process_is_no_remedy()
    {
        var answer = Analyse(new ColdStartFirst(), new Scenario(),
            InRounds("ThreadPool", 64, [900, 300, 1000]) with { IsCold = true }, SampleRuns.Case("ThreadPool", 64, 150),
            InRounds("ThreadPool", 64, [310, 305, 320]) with { IsCold = true, Variant = "min threads 64" }).Conclusion;

        Assert.StartsWith("First run of ThreadPool with 64 workers: ", answer.Sentences[0]);
        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void Scale_on_a_noisy_machine_leaves_growth_undecided() => Assert.Equal(
        "WhenAll with 64 workers: the cost of a download was 1.33 times that of few, undecided.",
        Analyse(new Scale(), new Scenario(), InRounds("WhenAll", 64, [40, 50, 60]) with { Downloads = 1_000 },
            InRounds("WhenAll", 64, [8_000, 5_000, 7_000]) with { Downloads = 100_000 }).Conclusion.Sentences[0]);

    [Theory]
    [InlineData(4_900, "stayed flat")]
    [InlineData(9_800, "grew 2.00 times")]
    public void Scale_says_whether_the_cost_of_a_download_is_flat(double last, string verdict)
    {
        var sentences = WithPlainSpaces(Analyse(new Scale(), new Scenario(),
            SampleRuns.Rounded("WhenAll", 64, 49, deviation: 0).WithFigures(peakMemoryBytes: 50 * 1024 * 1024) with { Downloads = 1_000 },
            SampleRuns.Rounded("WhenAll", 64, last, deviation: 0).WithFigures(peakMemoryBytes: 60 * 1024 * 1024) with
            { Downloads = 100_000 }).Conclusion.Sentences).ToArray();

        Assert.Equal($"WhenAll with 64 workers: the cost of a download {verdict}.", sentences[0]);
        Assert.StartsWith("From 1,000 to 100,000 downloads (49.0 to ", sentences[1]);
        Assert.EndsWith("Peak memory: 1.20 times (50.0 MB to 60.0 MB).", sentences[1]);
    }

    [Fact]
    public void Scale_says_which_strategies_take_more_processor_time_and_memory_than_the_loops()
    {
        var sentences = WithPlainSpaces(Analyse(new Scale(), new Scenario(),
            Cost("Channel", cpuMs: 204, allocatedBytes: 1_600_000), Cost("WorkerLoops", cpuMs: 200, allocatedBytes: 1_500_000),
            Cost("Dataflow", cpuMs: 260, allocatedBytes: 1_510_000), Cost("WhenAll", cpuMs: 150, allocatedBytes: 3_000_000))
            .Conclusion.Sentences).ToArray();

        Assert.Equal(
        [
            "No case ran with more than one number of downloads, so growth is unknown.",
            "WorkerLoops with 64 workers takes 20.0 µs of processor time for each of 10,000 downloads; more: Dataflow (+30.0 % ± 0.1); "
                + "less: WhenAll (-25.0 % ± 0.1); within 5 % of that: Channel.",
            "It allocates 150 B for each; more: WhenAll (+100.0 % ± 0.1) and Channel (+6.7 % ± 0.1); within 5 % of that: Dataflow.",
        ],
        sentences);

        static CaseResult Cost(string strategy, double cpuMs, long allocatedBytes) =>
            SampleRuns.Rounded(strategy, 64, 500).WithFigures(cpuMs: cpuMs, allocatedBytes: allocatedBytes) with { Downloads = 10_000 };
    }

    [Fact]
    public void Scale_leaves_undecided_what_its_rounds_do_not_tell_and_says_nothing_of_what_was_not_logged()
    {
        var sentences = Analyse(new Scale(), new Scenario(), Noisy("WorkerLoops", 200, 240, 210), Noisy("Channel", 230, 190, 260))
            .Conclusion.Sentences;

        Assert.Equal(2, sentences.Count);
        Assert.EndsWith("; undecided: Channel.", sentences[1], StringComparison.Ordinal);

        static CaseResult Noisy(string strategy, params double[] cpuMs)
        {
            var one = SampleRuns.Rounded(strategy, 64, 500) with { Downloads = 10_000 };
            return one with
            {
                Processes = [.. one.Processes.Select(process => process with
                {
                    Iterations = [.. process.Iterations.Select(iteration => iteration with { CpuMs = cpuMs[process.Round - 1] })],
                })],
            };
        }
    }

    [Fact]
    public void Scale_says_how_many_connections_a_strategy_without_a_limit_opens()
    {
        var sentences = Analyse(new Scale(), new Scenario(),
            SampleRuns.Rounded("WorkerLoops", 64, 50).WithFigures(connections: 64) with { Downloads = 1_000 },
            SampleRuns.Rounded("WhenAllUnbounded", null, 95).WithFigures(connections: 1_000) with { Downloads = 1_000 })
            .Conclusion.Sentences;

        Assert.Matches(@"^WhenAllUnbounded opened 1,000 connections for 1,000 downloads: 9\d\.\d ms, against \d+\.\d ms on 64 by "
            + @"WorkerLoops with 64 workers\.$", WithPlainSpaces(sentences).Last());
    }

    [Theory]
    [InlineData(52.14, 0.42, "52.1 ± 0.4")]
    [InlineData(158.2, 3.4, "158 ± 3")]
    [InlineData(2.1049, 0.031, "2.10 ± 0.03")]
    [InlineData(4.9971, 0.095, "5.0 ± 0.1")]
    [InlineData(2.2811, 0.0004, "2.28 ± 0.01")]
    public void The_error_decides_the_decimals_of_a_figure(double value, double off, string expected) =>
        Assert.Equal(expected, WithPlainSpaces(ReportFormat.WithError(new(value, off))));

    [Theory]
    [InlineData(0.021, 0.015, "+2.1 % ± 1.5")]
    [InlineData(48, 1.25, "+4,800 % ± 125")]
    [InlineData(0.001, 0.0001, "+0.1 % ± 0.1")]
    public void A_slowdown_is_written_with_half_its_interval(double slowdown, double error, string expected) =>
        Assert.Equal(expected, WithPlainSpaces(ReportFormat.Slowdown(new(slowdown, error, Standing.Undecided, null))));

    /// <summary>The row with so many requests in flight, at most and on average.</summary>
    private static CaseResult AtOnce(int requests, CaseResult row) =>
        row.WithIterations(iteration => iteration with { PeakInFlight = requests, MeanInFlight = requests });

    // Figures and units are kept together by spaces that do not break.
    private static string WithPlainSpaces(string text) => text.Replace('\u00a0', ' ');

    private static IEnumerable<string> WithPlainSpaces(IEnumerable<string> texts) => texts.Select(WithPlainSpaces);
}

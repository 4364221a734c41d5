using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;
using static Downloader.Tests.Benchmarks.Analysis.AnalysisTests;

namespace Downloader.Tests.Benchmarks.Analysis;

public sealed class ConclusionTests
{
    [Fact]
    public void Strategies_says_who_won_who_starved_and_what_to_take()
    {
        var answer = Analyse(
            Around("Sequential", null, 8000),
            Around("ThreadPool", 16, 700), Around("ThreadPool", 64, 1500).WithFigures(meanInFlight: 6.2, idealMs: 153),
            Around("WhenAll", 16, 520), Around("WhenAll", 64, 160)).Conclusion;

        // The median deviation of these rows is 0.2 %, their spread 0.297 %: 50 × √2 × 0.00297 = 0.21.
        Assert.Equal(
            ["WhenAll with 64 workers ran 50.0 ± 0.2 times faster than Sequential.",
                "ThreadPool stopped gaining at 16 workers, because with 64 only 6.20 of 64 requests were in flight on average."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Recommended: WhenAll with 64 workers, the smallest worker count within 5 % of the best (160 ms). More workers "
            + "were not measured; they may gain more.",
            WithPlainSpaces(answer.Recommended!));
    }

    [Fact]
    public void Where_one_worker_count_was_measured_it_is_no_smallest() => Assert.Equal(
        "Recommended: WhenAll with 16 workers. No other worker count was measured.",
        WithPlainSpaces(Analyse(Around("Sequential", null, 8000), Around("ThreadPool", 16, 700), Around("WhenAll", 16, 520),
            Around("WhenAllUnbounded", null, 60)).Conclusion.Recommended!));

    [Fact]
    public void A_row_without_a_limit_is_not_the_best_that_a_recommendation_is_compared_with() => Assert.StartsWith(
        "Recommended: WhenAll with 64 workers, the smallest worker count within 5 % of the best that has a limit (160 ms).",
        WithPlainSpaces(Analyse(Around("WhenAll", 16, 520), Around("WhenAll", 64, 160),
            Around("WhenAllUnbounded", null, 60)).Conclusion.Recommended!));

    [Fact]
    public void An_unfinished_suite_recommends_nothing()
    {
        var suite = new SuiteResult("Suite", "Question?", new Scenario(), [Around("Sequential", null, 8000), Around("WhenAll", 64, 160)]);

        Assert.NotNull(SuiteAnalysis.Create(suite, new Strategies()).Conclusion.Recommended);
        Assert.Null(SuiteAnalysis.Create(suite with { IsUnfinished = true }, new Strategies()).Conclusion.Recommended);
    }

    [Fact]
    public void Without_a_baseline_there_is_a_time_and_no_speedup()
    {
        var answer = Analyse(Around("WhenAll", 16, 520), Around("WhenAll", 64, 160)).Conclusion;

        Assert.Equal("WhenAll with 64 workers took 160 ms for 160 downloads; no baseline ran beside it, so there is no speedup.",
            WithPlainSpaces(answer.Sentences[0]));
    }

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
            WithPlainSpaces(Analyse(Around("WhenAll", 5, 1660)).Conclusion.Sentences));

    [Fact]
    public void When_every_row_is_unsound_nothing_is_recommended()
    {
        var answer = Analyse(Around("Sequential", null, 8000).WithFigures(failed: 1), Around("WhenAll", 5, 1600)
            .WithFigures(failed: 1)).Conclusion;

        Assert.Null(answer.Recommended);
        Assert.Contains("Nothing is recommended: in every row downloads failed or the audit failed.", answer.Sentences);
    }

    [Fact]
    public void Capacity_finds_the_knee_and_names_who_pays()
    {
        var refused = new Dictionary<string, int> { ["503"] = 100 };
        var answer = Analyse(new Capacity(), new Scenario { Capacity = 16, Queue = 32 },
            Around("WhenAll", 8, 1020), Around("WhenAll", 14, 610), Around("WhenAll", 16, 512), Around("WhenAll", 32, 510),
            Around("WhenAll", 64, 400).WithFigures(failed: 14, failureReasons: refused),
            Around("WhenAllUnbounded", null, 200).WithFigures(failed: 100, failureReasons: refused)).Conclusion;

        Assert.Equal(
            ["Time stopped falling at 16 workers: the server serves 16 at once, and WhenAll with 32 workers was no faster (510 ms "
                + "against 512 ms).",
                "WhenAllUnbounded was refused most: 100 of 160 downloads failed (503); refusals began at 64 workers."],
            WithPlainSpaces(answer.Sentences));
        Assert.StartsWith("Recommended: WhenAll with 16 workers", answer.Recommended);
    }

    [Fact]
    public void Capacity_without_an_audit_neither_denies_failures_nor_recommends()
    {
        var answer = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 16, 512) with { AllowFailures = true },
                Around("WhenAllUnbounded", null, 200) with { AllowFailures = true }).Conclusion;

        Assert.Equal(
            ["Whether downloads failed is unknown for 2 rows of 2: without an audit they are not counted.",
                "Nothing is recommended: downloads may have failed in every row, and without an audit they are not counted."],
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
        Assert.StartsWith("Recommended: WhenAll with 8 workers", answer.Recommended);
    }

    [Fact]
    public void Capacity_says_that_none_failed_when_all_were_counted() =>
        Assert.Contains("No download failed.", Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 8, 1020).WithFigures(failed: 0) with { AllowFailures = true }, Around("WhenAll", 16, 512)
                .WithFigures(failed: 0) with
            { AllowFailures = true }).Conclusion.Sentences);

    [Fact]
    public void Several_reasons_of_failure_are_told_with_their_counts_per_iteration()
    {
        var reasons = new Dictionary<string, int> { ["reset"] = 2, ["503"] = 6 };
        var answer = Analyse(new Capacity(), new Scenario { Capacity = 16 },
            Around("WhenAll", 8, 1020), Around("WhenAll", 64, 512).WithFigures(failed: 8, failureReasons: reasons)).Conclusion;

        Assert.Contains("WhenAll with 64 workers was refused most: 8 of 160 downloads failed (503: 6, reset: 2).",
            WithPlainSpaces(answer.Sentences));
    }

    [Fact]
    public void Where_the_recommended_row_is_only_within_noise_the_sentence_does_not_promise_more()
    {
        var answer = Analyse(SampleRuns.Case("WhenAll", 32, 90, 100, 109, 130, 140), SampleRuns.Case("Channel", 32, 80, 95, 100, 120, 150),
            Around("WhenAll", 64, 99)).Conclusion;

        Assert.Equal("Recommended: WhenAll with 32 workers, the smallest worker count at which a strategy came within 5 % of the best "
            + "(99.0 ms), "
            + "and there within noise of the fastest. Channel is as good within noise.", WithPlainSpaces(answer.Recommended!));
    }

    [Fact]
    public void Comparison_sets_measured_beside_published()
    {
        var answer = Analyse(new Article(), new Scenario(),
            Around("Sequential", null, 18_600) with { Variant = "no session", PublishedMs = 19_000, IsBaseline = false },
            Around("Sequential", null, 8_900).WithFigures(idealMs: 8_800.0) with { Variant = "session", PublishedMs = 9_000 },
            Around("DedicatedThreads", 5, 1_780) with { PublishedMs = 3_000 }).Conclusion;

        Assert.Equal(
            ["Measured (published): Sequential (no session) 18.6 s (19.0 s), Sequential (session) 8.90 s (9.00 s), DedicatedThreads "
                + "with 5 workers 1.78 s (3.00 s).",
                "Sequential (no session) ran 2.09 ± 0.01 times slower than Sequential (session) (published: 2.11).",
                "DedicatedThreads with 5 workers ran 5.00 ± 0.02 times faster than Sequential (session) (published: 3.00).",
                "Farthest from its ideal schedule is Sequential (session): 8.90 s, 1.1 % above it."],
            WithPlainSpaces(answer.Sentences));
    }

    [Fact]
    public void Session_counts_connections_and_takes_the_policy_with_the_fewest()
    {
        var answer = Analyse(new Session(), new Scenario(),
            Around("WhenAll", 16, 1170).WithFigures(connections: 160) with { Variant = "new", IsBaseline = true },
            Around("WhenAll", 16, 511).WithFigures(connections: 17) with { Variant = "per worker" },
            Around("WhenAll", 16, 512).WithFigures(connections: 16) with { Variant = "shared" }).Conclusion;

        Assert.Equal("WhenAll (new) with 16 workers opened 160 connections and took 1.17 s; WhenAll (shared) with 16 workers opened 16 "
            + "connections and took 512 ms.", WithPlainSpaces(answer.Sentences[0]));
        Assert.StartsWith("Recommended: WhenAll (shared) with 16 workers", answer.Recommended);
    }

    [Fact]
    public void Cold_start_names_the_worst_first_run_and_its_cure()
    {
        var answer = Analyse(new ColdStartFirst(), new Scenario(),
            Around("ThreadPool", 64, 30_000) with { IsCold = true }, Around("ThreadPool", 64, 1_500),
            Around("ThreadPool", 64, 200) with { IsCold = true, Variant = "min threads 64" },
                Around("ThreadPool", 64, 160) with { Variant = "min threads 64" },
            Around("WhenAll", 64, 240) with { IsCold = true }, Around("WhenAll", 64, 160)).Conclusion;

        Assert.Equal(
            ["The first run of ThreadPool with 64 workers in a fresh process took 30.0 s, 20.0 times its steady 1.50 s.",
                "No asynchronous one needed more than 1.50 times (WhenAll with 64 workers: 240 ms)."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Remedy: ThreadPool (min threads 64) with 64 workers took 200 ms in its first run, 150 times faster.",
            WithPlainSpaces(answer.Recommended!));
    }

    [Fact]
    public void Faults_speaks_for_each_variant_by_its_worst_row()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            Around("WhenAll", 16, 510).WithFigures(failed: 8, attempts: 160), Around("Channel", 16, 510)
                .WithFigures(failed: 9, attempts: 160),
            Around("WhenAll", 16, 700).WithFigures(attempts: 168) with { Variant = "retry" }, Around("Channel", 16, 650)
                .WithFigures(attempts: 168) with
            { Variant = "retry" }).Conclusion;

        Assert.Equal(
            ["Channel with 16 workers: 151 of 160 downloads succeeded in 160 attempts, 510 ms (the worst of 2).",
                "WhenAll (retry) with 16 workers: 160 of 160 downloads succeeded in 168 attempts, 700 ms (the worst of 2)."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Recommended: retry. With it every download succeeded.", answer.Recommended);
    }

    [Fact]
    public void Faults_without_an_audit_recommends_only_what_cannot_have_failed()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            Around("WhenAll", 16, 510) with { Variant = "no retry", AllowFailures = true },
                Around("WhenAll", 16, 700) with { Variant = "retry" }).Conclusion;

        Assert.Equal(
            ["WhenAll (no retry) with 16 workers: how many of 160 downloads succeeded is unknown, because they were not counted, 510 ms.",
                "WhenAll (retry) with 16 workers: 160 of 160 downloads succeeded, 700 ms."],
            WithPlainSpaces(answer.Sentences));
        Assert.Equal("Recommended: retry. With it every download succeeded.", answer.Recommended);
    }

    [Fact]
    public void Faults_recommends_no_variant_of_which_a_case_did_not_run_to_its_end()
    {
        var answer = Analyse(new Faults(), new Scenario { FaultShare = 0.05 },
            Around("WhenAll", 16, 510).WithFigures(failed: 8) with { Variant = "no retry", AllowFailures = true },
            Around("WhenAll", 16, 700) with { Variant = "retry" }, SampleRuns.Case("Channel", 16) with { Variant = "retry" }).Conclusion;

        Assert.Null(answer.Recommended);
    }

    [Theory]
    [InlineData(4_900, "stayed flat")]
    [InlineData(9_800, "grew 2.00 times")]
    public void Scale_says_whether_the_cost_of_a_download_is_flat(double last, string verdict)
    {
        var answer = Analyse(new Scale(), new Scenario(),
            Around("WhenAll", 64, 49).WithFigures(peakMemoryBytes: 50 * 1024 * 1024) with { Downloads = 1_000 },
            Around("WhenAll", 64, last).WithFigures(peakMemoryBytes: 60 * 1024 * 1024) with { Downloads = 100_000 }).Conclusion;

        Assert.StartsWith($"WhenAll with 64 workers: the cost of a download {verdict} from 1,000 to 100,000 downloads (49.0 to ",
            answer.Sentences[0]);
        Assert.EndsWith("Peak memory: 1.20 times (50.0 MB to 60.0 MB).", WithPlainSpaces(answer.Sentences[0]));
    }

    [Theory]
    [InlineData(52.14, 0.42, "52.1 ± 0.4")]
    [InlineData(158.2, 3.4, "158 ± 3")]
    [InlineData(2.1049, 0.031, "2.10 ± 0.03")]
    [InlineData(4.9971, 0.095, "5.0 ± 0.1")]
    [InlineData(2.2811, 0.0004, "2.28 ± 0.01")]
    public void The_spread_decides_the_decimals_of_a_figure(double value, double off, string expected) =>
        Assert.Equal(expected, WithPlainSpaces(ReportFormat.WithError(new(value, off))));

    // Figures and units are kept together by spaces that do not break.
    private static string WithPlainSpaces(string text) => text.Replace('\u00a0', ' ');

    private static IEnumerable<string> WithPlainSpaces(IEnumerable<string> texts) => texts.Select(WithPlainSpaces);
}

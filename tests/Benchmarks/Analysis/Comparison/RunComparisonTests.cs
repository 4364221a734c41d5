using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

/// <summary>Which cases are compared, which are not and why, and what is refused.</summary>
public sealed class RunComparisonTests
{
    [Fact]
    public void A_case_that_is_slower_raises_an_alarm_and_no_other_does()
    {
        var comparison = Compare(ComparedRuns.Pair(slowdown: 0.1));

        Assert.Equal(["WhenAll with 16 workers"], comparison.Alarms.Select(one => one.Name));
        Assert.Equal(1.1, comparison.Cases[0].Time!.Ratio.Value, 0.02);
        Assert.Equal([Verdict.Higher, Verdict.NoDifference, Verdict.NoDifference], comparison.Cases.Select(one => one.Time!.Verdict));
        Assert.False(comparison.HasRegression);
    }

    [Fact]
    public void A_case_that_allocates_2_percent_more_raises_an_alarm()
    {
        var comparison = Compare(ComparedRuns.Pair(moreBytes: 0.02));

        Assert.Equal(["WhenAll with 16 workers"], comparison.Alarms.Select(one => one.Name));
        Assert.Equal(Verdict.Higher, comparison.Cases[0].Allocations!.Verdict);
        Assert.Equal(Verdict.NoDifference, comparison.Cases[0].Time!.Verdict);
    }

    [Fact]
    public void Fresh_rounds_confirm_an_alarm_or_not()
    {
        var comparison = Compare(ComparedRuns.Pair(slowdown: 0.1));
        var slow = ComparedRuns.Create("B", ComparedRuns.Case("WhenAll", 16, 110, seed: 4));
        var quick = ComparedRuns.Create("B", ComparedRuns.Case("WhenAll", 16, 100, seed: 4));
        var first = ComparedRuns.Create("A", ComparedRuns.Case("WhenAll", 16, 100, seed: 3));

        Assert.True(comparison.Confirm(first, slow).HasRegression);
        Assert.False(comparison.Confirm(first, quick).HasRegression);
        Assert.Contains("Regression: WhenAll with 16 workers", Findings(comparison.Confirm(first, slow)), StringComparison.Ordinal);
        Assert.Contains("Alarm not confirmed by 10 fresh rounds", Findings(comparison.Confirm(first, quick)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_that_are_too_noisy_are_named_with_the_rounds_it_would_take()
    {
        var comparison = Compare(ComparedRuns.Pair(deviation: 0.1));

        Assert.All(comparison.Cases, one => Assert.Equal(Verdict.TooNoisy, one.Time!.Verdict));
        Assert.Contains("Too noisy to find 10\u00a0% more: WhenAll with 16 workers (about", Findings(comparison), StringComparison.Ordinal);
        Assert.Contains("0 of 3 cases passed", Findings(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_that_cannot_be_compared_are_named_with_the_reason()
    {
        CaseResult[] cases =
        [
            ComparedRuns.Case("WhenAll", 16, 100, 1),
            ComparedRuns.Case("ThreadPool", 16, 300, 1).WithIterations(one => one with { IdealMs = 100 }),
            ComparedRuns.Case("Channel", 16, 100, 1) with { AuditFindings = ["Something."] },
            ComparedRuns.Case("Dataflow", 16, 100, 1) with { IsCold = true },
            ComparedRuns.Case("ParallelForEachAsync", 16, 100, 1).WithIterations(one => one with { Failed = 3 }),
            ComparedRuns.Case("DedicatedThreads", 16, 100, 1, rounds: 1),
            ComparedRuns.Case("WhenAll", 64, 100, 1) with { Processes = [] },
        ];
        var comparison = Compare((ComparedRuns.Create("A", cases), ComparedRuns.Create("B", cases)));

        Assert.Equal(
            [null, "starved", "failed audit", "first run", "failed downloads", "one process only", "did not run"],
            comparison.Cases.Select(one => one.Exclusion));
        Assert.Contains("Not gated: ThreadPool with 16 workers (starved), Channel with 16 workers (failed audit), ", Findings(comparison),
            StringComparison.Ordinal);
        Assert.Null(comparison.Cases[1].Time);
    }

    [Fact]
    public void A_case_that_starves_only_in_the_candidate_is_a_warning()
    {
        var calm = ComparedRuns.Case("ThreadPool", 16, 110, 1).WithIterations(one => one with { IdealMs = 100 });
        var starved = ComparedRuns.Case("ThreadPool", 16, 300, 1).WithIterations(one => one with { IdealMs = 100 });

        var comparison = Compare((ComparedRuns.Create("A", calm), ComparedRuns.Create("B", starved)));

        Assert.Equal("starved in the candidate", comparison.Cases[0].Exclusion);
        Assert.Contains("ThreadPool with 16 workers: starved in the candidate, and not in the base.",
            ComparisonText.Warnings(comparison));
    }

    [Fact]
    public void Another_machine_or_version_is_a_warning()
    {
        var (first, second) = ComparedRuns.Pair();
        var machine = new Dictionary<string, string>(second.Run.Machine) { [".NET"] = "10.0.9" };

        var comparison = Compare((first, second with { Run = second.Run with { Machine = machine } }));

        Assert.Equal([".NET differs: 10.0.0 in the base, 10.0.9 in the candidate."], ComparisonText.Warnings(comparison));
        Assert.Empty(ComparisonText.Warnings(Compare((first, second))));
    }

    [Fact]
    public void Files_with_other_cases_are_refused_and_checkouts_are_compared_without_them()
    {
        var (first, second) = ComparedRuns.Pair();
        var more = second.Run.Suites[0] with { Cases = [.. second.Run.Suites[0].Cases, ComparedRuns.Case("WhenAll", 64, 50, 1)] };
        var larger = second with { Run = second.Run with { Suites = [more] } };

        var refusal = Assert.Throws<InvalidRunException>(() => RunComparison.Create(first, larger, isPaired: false, gate: null));
        var comparison = RunComparison.Create(first, larger, isPaired: true, gate: null);

        var alone = $"{larger.Name} alone has Strategies: WhenAll with 64 workers.";
        Assert.EndsWith($"must have the same cases; {alone}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, comparison.Cases.Count);
        Assert.Contains("Only the candidate has Strategies: WhenAll with 64 workers.", ComparisonText.Warnings(comparison));
    }

    [Fact]
    public void Runs_without_a_common_case_are_refused()
    {
        var first = ComparedRuns.Create("a.json", ComparedRuns.Case("WhenAll", 16, 100, 1));
        var second = ComparedRuns.Create("b.json", ComparedRuns.Case("WhenAll", 64, 100, 1));

        var refusal = Assert.Throws<InvalidRunException>(() => Compare((first, second)));

        Assert.Equal("a.json and b.json: have no case in common.", refusal.Message);
    }

    [Fact]
    public void Other_downloads_or_another_scenario_are_refused()
    {
        var one = ComparedRuns.Case("WhenAll", 16, 100, 1);
        var first = ComparedRuns.Create("a.json", one);

        var fewer = ComparedRuns.Create("b.json", one with { Downloads = 80 });
        var refusal = Assert.Throws<InvalidRunException>(() => Compare((first, fewer)));
        Assert.Equal("a.json and b.json: must have measured under the same conditions; Strategies: WhenAll with 16 workers has "
            + "--downloads 160 --latency 50 in the one and --downloads 80 --latency 50 in the other.", refusal.Message);
        var slower = one with { Scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(70) } };
        Assert.Contains("--latency 70", Assert.Throws<InvalidRunException>(() => Compare((first, ComparedRuns.Create("b.json", slower))))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_at_two_times_say_that_drift_is_in_no_interval()
    {
        var (first, second) = ComparedRuns.Pair(slowdown: 0.1);

        var comparison = RunComparison.Create(first, second, isPaired: false, gate: null);

        Assert.Contains("what changed on the machine between the two runs is not in it", string.Join(' ', ComparisonText.Notes(comparison)),
            StringComparison.Ordinal);
        Assert.StartsWith("Slower: WhenAll with 16 workers, +", Findings(comparison), StringComparison.Ordinal);
        Assert.Contains("No difference shown: 2 cases of 3.", Findings(comparison), StringComparison.Ordinal);
    }

    private static RunComparison Compare((ComparedRun Base, ComparedRun Candidate) runs) =>
        RunComparison.Create(runs.Base, runs.Candidate, isPaired: true, gate: 0.1);

    private static string Findings(RunComparison comparison) => string.Join('\n', ComparisonText.Findings(comparison));

    [Fact]
    public void Cases_that_differ_in_downloads_alone_are_compared_each()
    {
        CaseResult[] cases = [Sized(1_000), Sized(10_000), Sized(100_000)];

        var comparison = Compare((ComparedRuns.Create("a.json", cases), ComparedRuns.Create("b.json", cases)));

        Assert.Equal([1_000, 10_000, 100_000], comparison.Cases.Select(one => one.Candidate.Result.Downloads));

        static CaseResult Sized(int downloads) => ComparedRuns.Case("WhenAll", 64, downloads, downloads) with { Downloads = downloads };
    }

    [Fact]
    public void Of_checkouts_a_case_under_other_conditions_is_named_and_the_others_are_compared()
    {
        var (first, second) = ComparedRuns.Pair();
        var suite = second.Run.Suites[0];
        var changed = second with
        {
            Run = second.Run with { Suites = [suite with { Cases = [suite.Cases[0] with { Downloads = 80 }, .. suite.Cases.Skip(1)] }] },
        };

        var comparison = RunComparison.Create(first, changed, isPaired: true, gate: null);

        Assert.Equal(suite.Cases.Count - 1, comparison.Cases.Count);
        Assert.Contains("--downloads 160", Assert.Single(comparison.OnlyInBase), StringComparison.Ordinal);
        Assert.Contains("--downloads 80", Assert.Single(comparison.OnlyInCandidate), StringComparison.Ordinal);
    }
}

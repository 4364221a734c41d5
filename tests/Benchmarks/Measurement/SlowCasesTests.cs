using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

public sealed class SlowCasesTests
{
    private static readonly int ManyWorkers = (4 * Environment.ProcessorCount) + 1;

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public void Only_what_blocks_many_more_threads_than_the_pool_has_runs_in_the_first_round_alone(string strategy)
    {
        var wide = new DownloadCase(strategy, ManyWorkers, new Scenario(), ManyWorkers);

        Assert.Equal(wide.Strategy.BlocksThreadPool, SlowCases.RunsInFirstRoundOnly(wide));
        Assert.False(SlowCases.RunsInFirstRoundOnly(wide with { Workers = ManyWorkers - 1, Downloads = ManyWorkers - 1 }));
        Assert.False(SlowCases.RunsInFirstRoundOnly(wide with { MinThreads = ManyWorkers }));
    }

    [Theory]
    [InlineData(null, "Channel(workers: 64)", 5)]
    [InlineData(null, "ParallelForEachAsync(workers: 16)", 3)]
    [InlineData(null, "Sequential", 2)]
    [InlineData(3, "Sequential", 3)]
    [InlineData(7, "Channel(workers: 64)", 7)]
    public void Longer_cases_run_fewer_iterations_unless_a_number_is_asked_for(int? asked, string name, int expected)
    {
        var suite = BenchmarkConverter.TypeToBenchmarks(typeof(Strategies), SuiteConfig.Create(NullLogger.Instance, new Strategies().Plan));
        var one = suite.BenchmarksCases.Single(candidate => CaseCatalogue.GetFilterName(candidate) == $"Strategies.{name}");
        var job = asked is { } count ? one.Job.WithIterationCount(count) : one.Job;
        var configured = BenchmarkCase.Create(one.Descriptor, job, one.Parameters, one.Config);

        // Their latencies take 0.12, 0.48 and 0.96 s.
        Assert.Equal(expected, SlowCases.GetIterations(configured));
    }

    [Fact]
    public void A_row_that_runs_once_runs_often_enough_to_show_a_trend()
    {
        var rows = GetRowsThatRunOnce();
        Assert.SkipWhen(rows.Count == 0, "With so many processors every row runs in every round.");

        // And its first run.
        Assert.All(rows, row => Assert.True(
            TrendTest.MinChance([row.Job.Run.IterationCount + 1]) < TrendTest.Significance, CaseCatalogue.GetFilterName(row)));
    }

    [Fact]
    public Task A_quick_run_keeps_to_two_iterations_of_such_a_row() => Task.Run(
        () =>
        {
            BenchmarkSettings.Isolate();
            new BenchmarkSettings { Quick = true, Rounds = 3 }.ApplyToProcess();

            Assert.All(GetRowsThatRunOnce(), row => Assert.InRange(row.Job.Run.IterationCount, 1, 2));
        },
        TestContext.Current.CancellationToken);

    [Fact]
    public void The_iterations_of_a_pool_that_still_grows_are_expected_to_take_longer()
    {
        var rows = GetRowsThatRunOnce().Where(row => row.Descriptor.Type == typeof(Strategies)).ToList();
        Assert.SkipWhen(rows.Count == 0, "With so many processors every row runs in every round.");

        Assert.All(rows, row =>
        {
            var iterations = row.Job.Run.IterationCount;
            var makespan = CaseDurationEstimate.Makespan(CaseCatalogue.Describe(row));
            var fewer = BenchmarkCase.Create(row.Descriptor, row.Job.WithIterationCount(2), row.Parameters, row.Config);
            var difference = CaseDurationEstimate.ForProcess(row) - CaseDurationEstimate.ForProcess(fewer);
            Assert.True(difference > 1.5 * (iterations - 2) * makespan, CaseCatalogue.GetFilterName(row));
        });
    }

    [Theory]
    [InlineData("ThreadPool", true)]
    [InlineData("ParallelForEach", true)]
    [InlineData("TaskRun", true)]
    [InlineData("DedicatedThreads", false)]
    [InlineData("WhenAll", false)]
    public void Threads_of_its_own_are_none_of_the_pool(string strategy, bool blocksPool) =>
        Assert.Equal(blocksPool, StrategyCatalogue.Find(strategy)!.BlocksThreadPool);

    /// <summary>The processes of a default run of all suites that are the only ones of their case, and do not measure their first
    /// run.</summary>
    private static List<BenchmarkCase> GetRowsThatRunOnce()
    {
        var suites = CaseCatalogue.Suites.Select(type => BenchmarkConverter.TypeToBenchmarks(
            type, SuiteConfig.Create(NullLogger.Instance, ((Suite)Activator.CreateInstance(type)!).Plan)));
        var schedule = new RoundSchedule(suites, seed: 1);
        return
        [
            .. schedule.Processes.GroupBy(schedule.GetCase).Where(processes => processes.Count() == 1).SelectMany(processes => processes)
                .Where(row => row.Job.Run.WarmupCount > 0 && SlowCases.CountMissingThreads(CaseCatalogue.Describe(row)) > 0),
        ];
    }
}

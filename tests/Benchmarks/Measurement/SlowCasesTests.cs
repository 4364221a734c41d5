using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
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

    [Theory]
    [InlineData("ThreadPool", true)]
    [InlineData("ParallelForEach", true)]
    [InlineData("TaskRun", true)]
    [InlineData("DedicatedThreads", false)]
    [InlineData("WhenAll", false)]
    public void Threads_of_its_own_are_none_of_the_pool(string strategy, bool blocksPool) =>
        Assert.Equal(blocksPool, StrategyCatalogue.Find(strategy)!.BlocksThreadPool);
}

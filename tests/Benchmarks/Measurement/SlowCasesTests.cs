using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
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
        Assert.False(SlowCases.RunsInFirstRoundOnly(wide with { Workers = ManyWorkers - 1 }));
        Assert.False(SlowCases.RunsInFirstRoundOnly(wide with { MinThreads = ManyWorkers }));
    }

    [Theory]
    [InlineData("ThreadPool", true)]
    [InlineData("ParallelForEach", true)]
    [InlineData("DedicatedThreads", false)]
    [InlineData("WhenAll", false)]
    public void Threads_of_its_own_are_none_of_the_pool(string strategy, bool blocksPool) =>
        Assert.Equal(blocksPool, StrategyCatalogue.Find(strategy)!.BlocksThreadPool);
}

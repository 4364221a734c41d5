namespace Downloader.Tests.Library;

/// <summary>The contract of every strategy, where no server is needed to see it kept.</summary>
public sealed class StrategyContractTests
{
    private static readonly Uri Nobody = new("http://127.0.0.1:9/");
    private static readonly Uri Unsupported = new("ftp://127.0.0.1/");

    public static TheoryData<string> Strategies => Run.Strategies;

    [Fact]
    public void The_catalogue_holds_the_strategies_by_kind_and_name() => Assert.Equal(
        [
            "Sequential",
            "DedicatedThreads", "ParallelForEach", "ThreadPool",
            "Channel", "Dataflow", "ParallelForEachAsync", "StaticPartition", "WhenAll", "WhenAllUnbounded",
        ],
        StrategyCatalogue.All.Select(strategy => strategy.Name));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Nothing_to_download_is_no_results(string strategy) =>
        Assert.Empty(await Run.Start(strategy, new DownloadRequest([], 4, new Broken())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task No_workers_is_refused(string strategy) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Run.Start(strategy, new DownloadRequest([Nobody], 0, new Broken())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_missing_URI_is_refused(string strategy) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Run.Start(strategy, new DownloadRequest([Nobody, null!], 1, new Broken())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_client_source_that_throws_loses_no_result(string strategy)
    {
        var results = await Run.Start(strategy, new DownloadRequest([Nobody, Nobody, Nobody], 2, new Broken()));

        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.Equal(new DownloadFailure(FailureReason.Other, "no client"), result.Failure));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_hundred_thousand_downloads_of_a_cancelled_run_end_at_once_each_with_a_result(string strategy)
    {
        var completed = 0;
        var request = new DownloadRequest([.. Enumerable.Repeat(Nobody, 100_000)], 16, new Broken()) { Completed = (_, _) => Interlocked.Increment(ref completed) };

        var results = await Run.Start(strategy, request, new CancellationToken(canceled: true));

        Assert.Equal(100_000, completed);
        Assert.All(results, result => Assert.Equal(FailureReason.Cancelled, result.Failure?.Reason));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_callback_that_throws_stops_no_download_and_is_told_at_the_end(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions());
        var completed = 0;
        var request = new DownloadRequest([.. Enumerable.Repeat(Unsupported, 20)], 3, clients)
        {
            Completed = (_, _) => throw new InvalidOperationException($"{Interlocked.Increment(ref completed)}"),
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Run.Start(strategy, request));

        Assert.Equal(20, completed);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task More_workers_than_downloads_are_as_many_as_downloads(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions());

        var results = await Run.Start(strategy, new DownloadRequest([Unsupported, Unsupported], int.MaxValue, clients));

        Assert.All(results, result => Assert.Equal(FailureReason.UnsupportedScheme, result.Failure?.Reason));
    }

    [Fact]
    public async Task A_download_that_a_strategy_leaves_out_is_a_failure()
    {
        var results = await new Lazy().RunAsync(new DownloadRequest([Nobody], 1, new Broken()), TestContext.Current.CancellationToken);

        Assert.Equal("The strategy did not download it", Assert.Single(results).Failure?.Message);
    }

    private sealed class Broken : IClientSource
    {
        public DownloadClient Rent() => throw new InvalidOperationException("no client");

        public void Release(DownloadClient client) => throw new InvalidOperationException("nothing was rented");
    }

    private sealed class Lazy : DownloadStrategy
    {
        public override string Summary => "Does nothing.";

        public override StrategyKind Kind => StrategyKind.Blocking;

        protected override Task DownloadAllAsync(DownloadRun run) => Task.CompletedTask;
    }
}

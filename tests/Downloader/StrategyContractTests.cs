using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>The contract of every strategy, where no server is needed to see it kept.</summary>
public sealed class StrategyContractTests
{
    private static readonly Uri NoServer = new("http://127.0.0.1:9/");
    private static readonly Uri Unsupported = new("ftp://127.0.0.1/");

    public static TheoryData<string> Strategies => DownloadRunner.StrategyNames;

    [Fact]
    public void The_catalogue_holds_the_strategies_of_the_folder_one_file_each()
    {
        var folder = Path.Combine(BuiltProgram.Root, "src", "Downloader", "Strategies");
        var files = Directory.EnumerateFiles(folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)!).ToList();

        var classes = StrategyCatalogue.All.Select(strategy => strategy.GetType().Name);

        Assert.NotEmpty(files);
        Assert.Equal(files.Order(StringComparer.Ordinal), classes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_catalogue_is_ordered_by_kind_and_name()
    {
        var order = StrategyCatalogue.All.Select(strategy => (strategy.Kind, strategy.Name)).ToList();

        Assert.Equal(order.OrderBy(one => one.Kind).ThenBy(one => one.Name, StringComparer.Ordinal), order);
        Assert.Equal("Sequential", order[0].Name);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Every_strategy_is_found_by_its_name_in_any_case_and_has_a_summary_and_a_code_effort(string name)
    {
        var strategy = StrategyCatalogue.Find(name.ToUpperInvariant());

        Assert.Equal(name, strategy?.Name);
        Assert.EndsWith(".", strategy?.Summary, StringComparison.Ordinal);
        Assert.InRange(strategy!.CodeEffort, 1, 6);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Nothing_to_download_is_no_results(string strategy) =>
        Assert.Empty(await DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest([], 4, new ThrowingClientSource())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task No_workers_is_refused(string strategy) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest([NoServer], 0, new ThrowingClientSource())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_missing_URI_is_refused(string strategy) =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest([NoServer, null!], 1, new ThrowingClientSource())));

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_client_source_that_throws_loses_no_result(string strategy)
    {
        var request = new DownloadRequest([NoServer, NoServer, NoServer], 2, new ThrowingClientSource());
        var results = await DownloadRunner.RunStrategyAsync(strategy, request);

        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.Equal(new DownloadFailure(FailureReason.Other, "no client"), result.Failure));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_hundred_thousand_downloads_of_a_cancelled_run_end_at_once_each_with_a_result(string strategy)
    {
        var completed = 0;
        var request = new DownloadRequest([.. Enumerable.Repeat(NoServer, 100_000)], 16, new ThrowingClientSource())
        {
            OnCompleted = (_, _) => Interlocked.Increment(ref completed),
        };

        var results = await DownloadRunner.RunStrategyAsync(strategy, request, new CancellationToken(canceled: true));

        Assert.Equal(100_000, completed);
        Assert.Equal(100_000, results.Count(result => result.Failure?.Reason == FailureReason.Cancelled));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_callback_that_throws_stops_no_download_and_is_thrown_at_the_end(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions());
        var completed = 0;
        var request = new DownloadRequest([.. Enumerable.Repeat(Unsupported, 20)], 3, clients)
        {
            OnCompleted = (_, _) => throw new InvalidOperationException($"{Interlocked.Increment(ref completed)}"),
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => DownloadRunner.RunStrategyAsync(strategy, request));

        Assert.Equal(20, completed);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task More_workers_than_downloads_are_as_many_as_downloads(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions());

        var request = new DownloadRequest([Unsupported, Unsupported], int.MaxValue, clients);
        var results = await DownloadRunner.RunStrategyAsync(strategy, request);

        Assert.All(results, result => Assert.Equal(FailureReason.UnsupportedScheme, result.Failure?.Reason));
    }

    [Fact]
    public async Task A_download_that_a_strategy_leaves_out_is_a_failure()
    {
        var request = new DownloadRequest([NoServer], 1, new ThrowingClientSource());
        var results = await new IdleStrategy().RunAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("The strategy did not download it", Assert.Single(results).Failure?.Message);
    }

    private sealed class ThrowingClientSource : IClientSource
    {
        public DownloadClient Rent() => throw new InvalidOperationException("no client");

        public void Release(DownloadClient client) => throw new InvalidOperationException("nothing was rented");
    }

    private sealed class IdleStrategy : DownloadStrategy
    {
        public override string Summary => "Does nothing.";

        public override StrategyKind Kind => StrategyKind.Blocking;

        protected override Task DownloadAllAsync(DownloadRun run) => Task.CompletedTask;
    }
}

using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>Every strategy against every fault.</summary>
public sealed class StrategiesAgainstFaultsTests : IDisposable
{
    private const int Workers = 4;
    private readonly HostileServer _server = new();

    public static TheoryData<string> Strategies => DownloadRunner.StrategyNames;

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Every_fault_is_a_result_with_its_reason_in_list_order_and_the_others_succeed(string strategy)
    {
        (ServerBehavior Behavior, FailureReason? Reason)[] list =
        [
            (Good, null),
            (Reset, FailureReason.ConnectionReset),
            (GoodChunked, null),
            (Empty, FailureReason.ConnectionReset),
            (ServerBehavior.Redirect, null),
            (CutShort, FailureReason.BodyTruncated),
            (CutShortChunked, FailureReason.BodyTruncated),
            (Drip, null),
            (CutShortReset, FailureReason.BodyTruncated),
            (Endless, FailureReason.BodyTooLong),
            (Good, null),
            (Huge, FailureReason.BodyTooLong),
            (NotFound, FailureReason.HttpStatus),
            (ServerError, FailureReason.HttpStatus),
            (EndlessError, FailureReason.HttpStatus),
            (RedirectLoop, FailureReason.HttpStatus),
            (RedirectElsewhere, FailureReason.UnsupportedScheme),
            (Garbage, FailureReason.Other),
            (Good, null),
        ];
        // Twice, so that each fault also meets connections that have served before.
        list = [.. list, .. list];
        using var clients = new SharedClientSource(new DownloaderOptions { MaxBytes = 100_000 });
        var uris = list.Select(item => _server.Url(item.Behavior)).ToList();

        var results = await DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest(uris, Workers, clients));

        Assert.Equal(uris, results.Select(result => result.Uri));
        var reasons = results.Select((result, index) => (list[index].Behavior, result.Failure?.Reason));
        Assert.Equal(list.Select(item => (item.Behavior, item.Reason)), reasons);
        Assert.All(results.Where(result => result.Succeeded), result => Assert.Equal(HostileServer.GoodBytes, result.BytesRead));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Matches("^[^\r\n]+$", result.Failure!.Message));
        // The handler allows far more connections, so the strategy alone limits them.
        Assert.InRange(_server.Peak, 1, StrategyCatalogue.Find(strategy) switch
        {
            { Kind: StrategyKind.Sequential } => 1,
            { IsBounded: true } => Workers,
            _ => list.Length,
        });
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_server_that_never_answers_or_stalls_costs_only_its_own_downloads(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
        ServerBehavior[] behaviors = [Good, Silent, Good, Stalled, Good, Good];
        List<Uri> uris = [.. behaviors.Select(behavior => _server.Url(behavior))];

        var run = DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest(uris, Workers, clients));
        // They hang until the server ends them, whatever time the others need.
        while (!run.IsCompleted)
        {
            _server.CloseUnfinished();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var results = await run;
        Assert.Equal(
            [null, FailureReason.ConnectionReset, null, FailureReason.BodyTruncated, null, null],
            results.Select(result => result.Failure?.Reason));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Downloads_that_hang_time_out_each_by_itself(string strategy)
    {
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromSeconds(0.2) });
        List<Uri> uris = [_server.Url(Silent), _server.Url(Stalled), _server.Url(Silent)];

        var results = await DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest(uris, Workers, clients));

        Assert.All(results, result => Assert.Equal(FailureReason.Timeout, result.Failure?.Reason));
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task No_strategy_holds_the_caller_of_an_asynchronous_method(string name)
    {
        using var cancellation = new CancellationTokenSource();
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
        var strategy = StrategyCatalogue.Find(name)!;
        var request = new DownloadRequest([_server.Url(Silent), _server.Url(Silent)], 2, clients);
        var returned = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => returned.SetResult(strategy.RunAsync(request, cancellation.Token).IsCompleted)).Start();

        await _server.WaitUntilAsync(server => server.InFlight > 0, "a request");
        // Nothing is answered, so that only the cancellation could end a call that blocks.
        var isCompletedOnReturn = await returned.Task.WaitAsync(DownloadRunner.HangLimit, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        Assert.False(isCompletedOnReturn);
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_cancelled_run_stops_with_a_result_for_each_download_and_nothing_left_in_flight(string strategy)
    {
        using var cancellation = new CancellationTokenSource();
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
        var pattern = StrategyCatalogue.Find(strategy)!;
        // Without a limit all downloads hang at once; where each blocks a thread of the pool, it has to add them one by one.
        var completed = new int[pattern is { IsBounded: false, BlocksThreadPool: true } ? 10 : 40];
        var hanging = Enumerable.Range(1, completed.Length - 1).Select(index => _server.Url(index % 2 == 0 ? Silent : Stalled));
        var request = new DownloadRequest([_server.Url(Good), .. hanging], Workers, clients)
        {
            OnCompleted = (index, _) => Interlocked.Increment(ref completed[index]),
        };
        var atOnce = pattern.Kind is StrategyKind.Sequential ? 1 : Workers;
        // Every connection has its request: one that is still being opened when the run is cancelled would stay open for the next download.
        var waiting = pattern switch
        {
            // The good download's worker waits for the rest of its batch.
            WhenAllBatchesStrategy => atOnce,
            { IsBounded: true } => atOnce + 1,
            _ => completed.Length,
        };

        var run = DownloadRunner.RunStrategyAsync(strategy, request, cancellation.Token);
        await _server.WaitUntilAsync(
            server => server.Requests.Count >= waiting && Volatile.Read(ref completed[0]) == 1,
            "the good download done, all workers busy");
        await cancellation.CancelAsync();
        var results = await run;

        Assert.Null(results[0].Failure);
        Assert.All(results.Skip(1), result => Assert.Equal(FailureReason.Cancelled, result.Failure?.Reason));
        Assert.All(completed, count => Assert.Equal(1, count));
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
        // The one connection left is that of the good download.
        await _server.WaitUntilAsync(server => server.Open <= 1, "the stopped downloads' connections closed");
    }

    public void Dispose() => _server.Dispose();
}

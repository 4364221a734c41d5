namespace Downloader.Tests.Library;

/// <summary>Every strategy against every fault.</summary>
public sealed class StrategiesAgainstFaultsTests : IDisposable
{
    private const int Workers = 4;
    private readonly HostileServer _server = new();

    public static TheoryData<string> Strategies => Run.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Every_fault_is_a_result_with_its_reason_in_list_order_and_the_others_succeed(string strategy)
    {
        (Answer Answer, FailureReason? Reason)[] list =
        [
            (Answer.Good, null),
            (Answer.Reset, FailureReason.ConnectionReset),
            (Answer.GoodChunked, null),
            (Answer.Empty, FailureReason.ConnectionReset),
            (Answer.Redirect, null),
            (Answer.CutShort, FailureReason.BodyTruncated),
            (Answer.CutShortChunked, FailureReason.BodyTruncated),
            (Answer.Drip, null),
            (Answer.CutShortReset, FailureReason.BodyTruncated),
            (Answer.Endless, FailureReason.BodyTooLong),
            (Answer.Good, null),
            (Answer.Huge, FailureReason.BodyTooLong),
            (Answer.NotFound, FailureReason.HttpStatus),
            (Answer.ServerError, FailureReason.HttpStatus),
            (Answer.EndlessError, FailureReason.HttpStatus),
            (Answer.RedirectLoop, FailureReason.HttpStatus),
            (Answer.RedirectElsewhere, FailureReason.UnsupportedScheme),
            (Answer.Garbage, FailureReason.Other),
            (Answer.Good, null),
        ];
        // Twice, so that each fault also meets connections that have served before.
        list = [.. list, .. list];
        using var clients = new SharedClientSource(new DownloaderOptions { MaxBytes = 100_000 });
        var uris = list.Select(item => _server.Url(item.Answer)).ToList();

        var results = await Run.Start(strategy, new DownloadRequest(uris, Workers, clients));

        Assert.Equal(uris, results.Select(result => result.Uri));
        Assert.Equal(list.Select(item => (item.Answer, item.Reason)), results.Select((result, index) => (list[index].Answer, result.Failure?.Reason)));
        Assert.All(results.Where(result => result.Succeeded), result => Assert.Equal(HostileServer.GoodBytes, result.BytesRead));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Matches("^[^\r\n]+$", result.Failure!.Message));
        // The handler allows far more connections: what bounds them is the strategy alone.
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
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromSeconds(1.5) });
        Answer[] answers = [Answer.Good, Answer.Silent, Answer.Good, Answer.Stalled, Answer.Good, Answer.Good];

        var results = await Run.Start(strategy, new DownloadRequest([.. answers.Select(answer => _server.Url(answer))], Workers, clients));

        Assert.Equal(
            answers.Select(answer => answer is Answer.Good ? (FailureReason?)null : FailureReason.Timeout),
            results.Select(result => result.Failure?.Reason));
        await _server.Until(server => server.InFlight == 0, "the abandoned requests' connections closed");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_cancelled_run_stops_with_a_result_for_each_download_and_nothing_left_in_flight(string strategy)
    {
        using var cancellation = new CancellationTokenSource();
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
        var completed = new int[40];
        List<Uri> uris = [.. Enumerable.Range(0, completed.Length).Select(index => _server.Url(index == 0 ? Answer.Good : index % 2 == 0 ? Answer.Silent : Answer.Stalled))];
        var request = new DownloadRequest(uris, Workers, clients) { Completed = (index, _) => Interlocked.Increment(ref completed[index]) };
        var waiting = StrategyCatalogue.Find(strategy)!.Kind is StrategyKind.Sequential ? 2 : Workers + 1;

        var run = Run.Start(strategy, request, cancellation.Token);
        await _server.Until(server => server.Requests.Count >= waiting && Volatile.Read(ref completed[0]) == 1, "the good download done, all workers busy");
        await cancellation.CancelAsync();
        var results = await run;

        Assert.Null(results[0].Failure);
        Assert.All(results.Skip(1), result => Assert.Equal(FailureReason.Cancelled, result.Failure?.Reason));
        Assert.All(completed, count => Assert.Equal(1, count));
        await _server.Until(server => server.InFlight == 0, "nothing in flight");
        // The one idle connection is the good download's.
        await _server.Until(server => server.Open <= 1, "the stopped downloads' connections closed");
    }

    public void Dispose() => _server.Dispose();
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary><see cref="IDownloader"/>: URIs in, values of their bodies out, with every strategy.</summary>
public sealed class DownloaderTests : IDisposable
{
    private const int Workers = 4;
    private readonly HostileServer _server = new();
    private readonly SharedClientSource _clients = new(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
    private readonly ConcurrentDownloader _downloader;

    public DownloaderTests() => _downloader = new ConcurrentDownloader(_clients);

    public static TheoryData<string> Strategies => DownloadRunner.StrategyNames;

    /// <summary>Those that take no more of the input than they have workers for.</summary>
    public static TheoryData<string> StreamingStrategies =>
        [.. StrategyCatalogue.All.Where(strategy => !strategy.HoldsWholeList).Select(strategy => strategy.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddDownloader_registers_a_downloader()
    {
        var services = new ServiceCollection();
        services.AddDownloader();
        await using var provider = services.BuildServiceProvider();

        var downloader = provider.GetRequiredService<IDownloader>();
        var results = await downloader.DownloadAsync([_server.Url(Good)], BodyReaders.Text, cancellationToken: Cancellation)
            .ToListAsync(Cancellation);

        var result = Assert.Single(results);
        Assert.Equal((0, _server.Url(Good)), (result.Item.Index, result.Uri));
        Assert.Equal(new string('x', HostileServer.GoodBytes), result.Value);
        Assert.Equal(HostileServer.GoodBytes, result.BytesRead);
    }

    [Fact]
    public async Task A_bad_option_of_AddDownloader_is_one_error_and_not_a_failure_of_each_download()
    {
        var services = new ServiceCollection();
        services.AddDownloader(options => options.Timeout = TimeSpan.Zero);
        await using var provider = services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(async () => await provider.GetRequiredService<IDownloader>()
            .DownloadAsync([_server.Url(Good)], BodyReaders.Discard, cancellationToken: Cancellation)
            .ToListAsync(Cancellation));

        Assert.Equal("Timeout is 00:00:00; it must be more than zero and at most 24 days, or infinite.", error.Message);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Every_URI_has_one_result_with_its_value_whichever_the_strategy(string strategy)
    {
        var uris = Enumerable.Range(0, 30).Select(index => _server.Url(Bytes, index)).ToList();

        var results = await Run(strategy, uris, BodyReaders.Bytes).ToListAsync(Cancellation);

        Assert.Equal(uris, results.OrderBy(result => result.Item.Index).Select(result => result.Uri));
        Assert.All(results, result => Assert.Equal(result.Item.Index, result.Value!.Length));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Results_come_in_the_order_of_the_input_where_asked(string strategy)
    {
        // The first takes longest.
        List<Uri> uris = [_server.Url(Drip), .. Enumerable.Range(0, 40).Select(index => _server.Url(Good, index))];

        var results = await Run(strategy, uris, BodyReaders.Discard, inOrder: true).ToListAsync(Cancellation);

        Assert.Equal(uris, results.Select(result => result.Uri));
        Assert.All(results, result => Assert.Null(result.Failure));
    }

    [Theory]
    [MemberData(nameof(StreamingStrategies))]
    public async Task In_order_no_more_than_four_items_a_worker_are_taken_ahead_of_the_oldest(string strategy)
    {
        var taken = 0;
        var maxAhead = 0;
        var seen = 0;

        await foreach (var result in Run(strategy, Endless(), BodyReaders.Discard, inOrder: true).WithCancellation(Cancellation))
        {
            maxAhead = Math.Max(maxAhead, Volatile.Read(ref taken) - seen);
            Assert.Equal(seen, result.Item.Index);
            if (++seen == 100) break;
            // The others get far ahead, if they may.
            if (seen == 50) await Task.Delay(100, Cancellation);
        }

        // The one that is being handed over is not in the limit any more.
        Assert.InRange(maxAhead, 1, (4 * Workers) + 1);

        IEnumerable<Uri> Endless()
        {
            while (true)
            {
                Interlocked.Increment(ref taken);
                yield return _server.Url(Bytes, 10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(StreamingStrategies))]
    public async Task An_input_without_end_works_and_leaving_the_loop_ends_all(string strategy)
    {
        var isDisposed = false;
        var taken = 0;

        var results = await Run(strategy, Endless(), BodyReaders.Discard).Take(50).ToListAsync(Cancellation);

        Assert.Equal(50, results.Count);
        Assert.True(isDisposed, "The input is not disposed.");
        var takenAtEnd = taken;
        // Those handed over, those that wait to be, those in flight, and those that a channel, a block or a batch holds.
        Assert.InRange(takenAtEnd, 50, 50 + (5 * Workers));
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
        Assert.Equal(takenAtEnd, taken);

        IEnumerable<Uri> Endless()
        {
            try
            {
                while (true)
                {
                    taken++;
                    yield return _server.Url(Good);
                }
            }
            finally
            {
                isDisposed = true;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Leaving_the_loop_stops_what_is_in_flight(string strategy)
    {
        List<Uri> uris = [_server.Url(Good), .. Enumerable.Repeat(_server.Url(Silent), 3)];

        await foreach (var result in Run(strategy, uris, BodyReaders.Discard).WithCancellation(Cancellation))
        {
            Assert.Null(result.Failure);
            break;
        }

        // It returned although the server never answers.
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_cancelled_token_hands_over_what_has_ended_stops_the_rest_and_throws(string strategy)
    {
        using var cancellation = new CancellationTokenSource();
        List<Uri> uris = [_server.Url(Good), .. Enumerable.Repeat(_server.Url(Silent), 3)];
        var results = new List<DownloadResult<long>>();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in Run(strategy, uris, BodyReaders.Discard).WithCancellation(cancellation.Token))
            {
                results.Add(result);
                await cancellation.CancelAsync();
            }
        });

        Assert.Null(Assert.Single(results).Failure);
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task An_input_that_throws_ends_the_run_after_the_results_of_what_it_gave(string strategy)
    {
        var results = new List<DownloadResult<long>>();

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in Run(strategy, Throwing(), BodyReaders.Discard).WithCancellation(Cancellation)) results.Add(result);
        });

        Assert.Equal("line 10", error.Message);
        Assert.Equal(Enumerable.Range(0, 9), results.Select(result => (int)result.Item.Index).Order());
        Assert.All(results, result => Assert.Null(result.Failure));

        IEnumerable<Uri> Throwing()
        {
            for (var index = 0; index < 9; index++) yield return _server.Url(Good, index);
            throw new InvalidDataException("line 10");
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_null_in_the_input_is_an_error_that_names_its_place(string strategy)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Run(strategy, [_server.Url(Good), null!], BodyReaders.Discard).ToListAsync(Cancellation).AsTask());

        Assert.Equal("The URI at index 1 is null.", error.Message);
    }

    [Theory]
    [MemberData(nameof(StreamingStrategies))]
    public async Task Results_of_a_slow_asynchronous_input_come_before_its_next_item(string strategy)
    {
        var isFirstThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;

        await foreach (var result in Run(strategy, Slow(Cancellation), BodyReaders.Discard).WithCancellation(Cancellation))
        {
            Assert.Null(result.Failure);
            count++;
            isFirstThere.TrySetResult();
        }

        // A batch is as many as there are workers.
        Assert.Equal(Workers + 1, count);

        async IAsyncEnumerable<Uri> Slow([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var index = 0; index < Workers; index++) yield return _server.Url(Good, index);
            await isFirstThere.Task.WaitAsync(DownloadRunner.HangLimit, cancellationToken);
            yield return _server.Url(Good, Workers);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Cancellation_ends_an_asynchronous_input_that_waits(string strategy)
    {
        using var cancellation = new CancellationTokenSource();
        var isWaiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var run = Run(strategy, Never(CancellationToken.None), BodyReaders.Discard).ToListAsync(cancellation.Token).AsTask();
        await isWaiting.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => run.WaitAsync(DownloadRunner.HangLimit, TestContext.Current.CancellationToken));

        async IAsyncEnumerable<Uri> Never([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            isWaiting.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }

    [Theory]
    [MemberData(nameof(StreamingStrategies))]
    public async Task A_caller_who_is_slow_slows_the_downloads_down(string strategy)
    {
        const int Downloads = 20 * Workers;
        var maxAhead = 0;
        var seen = 0;

        await foreach (var result in Run(strategy, Enumerable.Repeat(_server.Url(Bytes, 10), Downloads), BodyReaders.Discard)
            .WithCancellation(Cancellation))
        {
            Assert.Null(result.Failure);
            seen++;
            await Task.Delay(5, Cancellation);
            maxAhead = Math.Max(maxAhead, _server.Requests.Count - seen);
        }

        Assert.Equal(Downloads, seen);
        // As many wait to be handed over as there are workers; as many more have ended and wait for a place.
        Assert.InRange(maxAhead, 1, 2 * Workers);
    }

    [Theory]
    [InlineData("WorkerLoops")]
    [InlineData("DedicatedThreads")]
    public async Task Progress_counts_each_download_up_to_the_total(string strategy)
    {
        List<Uri> uris = [.. Enumerable.Repeat(_server.Url(Good), 9), _server.Url(NotFound)];
        var reports = new List<DownloadProgress>();
        var settings = new DownloadSettings
        {
            Strategy = StrategyCatalogue.Find(strategy),
            Workers = Workers,
            Progress = new ListedProgress(reports),
        };

        await _downloader.DownloadAsync(uris, BodyReaders.Discard, settings, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Enumerable.Range(1, 10), reports.Select(report => (int)report.Completed));
        Assert.All(reports, report => Assert.Equal(10, report.Total));
        Assert.Equal(new DownloadProgress(10, 1, (9 * HostileServer.GoodBytes) + 4, 10), reports[^1]);
    }

    [Fact]
    public void A_setting_out_of_range_is_refused_at_once()
    {
        var settings = new DownloadSettings { Workers = 0 };

        var error = Assert.Throws<ArgumentException>(() => _downloader.DownloadAsync([], BodyReaders.Discard, settings, Cancellation));

        Assert.Equal("Workers is 0; it must be between 1 and 10000.", error.Message);
    }

    public void Dispose()
    {
        _clients.Dispose();
        _server.Dispose();
    }

    private IAsyncEnumerable<DownloadResult<T>> Run<T>(
        string strategy, IEnumerable<Uri> uris, BodyReader<T> reader, bool inOrder = false) =>
        _downloader.DownloadAsync(uris, reader, Settings(strategy, inOrder), CancellationToken.None);

    private IAsyncEnumerable<DownloadResult<T>> Run<T>(
        string strategy, IAsyncEnumerable<Uri> uris, BodyReader<T> reader, bool inOrder = false) =>
        _downloader.DownloadAsync(uris, reader, Settings(strategy, inOrder), CancellationToken.None);

    private static DownloadSettings Settings(string strategy, bool inOrder) =>
        new() { Strategy = StrategyCatalogue.Find(strategy), Workers = Workers, InInputOrder = inOrder };

    private sealed class ListedProgress(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => reports.Add(value);
    }
}

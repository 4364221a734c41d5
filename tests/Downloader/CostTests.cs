using Downloader.Tests.Support;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>What a download costs: memory that does not grow with its body, and threads only where a strategy says that it
/// blocks.</summary>
[Collection(TestCollections.Alone)]
public sealed class CostTests : IDisposable
{
    private const int Megabyte = 1_000_000;
    private const int Workers = 64;
    private readonly HostileServer _server = new();

    public static TheoryData<string> Strategies => DownloadRunner.StrategyNames;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Allocations_do_not_grow_with_the_body(bool blocking)
    {
        var options = new DownloaderOptions { MaxBytes = long.MaxValue };
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        await Allocated(Megabyte);

        var small = await Allocated(Megabyte);
        var large = await Allocated(100 * Megabyte);

        Assert.True(large - small < Megabyte, $"{small:N0} bytes allocated for 1 MB, {large:N0} for 100 MB.");

        async Task<long> Allocated(int bytes)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var result = blocking
                ? client.Get(_server.Url(Bytes, bytes), TestContext.Current.CancellationToken)
                : await client.GetAsync(_server.Url(Bytes, bytes), TestContext.Current.CancellationToken);
            Assert.Equal(bytes, result.BytesRead);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    [Fact]
    public void A_download_over_an_open_connection_allocates_at_most_3_KB()
    {
        const int Downloads = 200;
        var uri = _server.Url(Bytes, HostileServer.GoodBytes);
        var options = new DownloaderOptions();
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        Download();

        // Of this thread alone: the server's allocations do not count.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Download();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Downloads;

        Assert.InRange(each, 1, 3 * 1024);

        void Download()
        {
            for (var i = 0; i < Downloads; i++)
                Assert.Null(client.Get(uri, TestContext.Current.CancellationToken).Failure);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Only_blocking_strategies_hold_threads_while_they_wait(string name)
    {
        var strategy = StrategyCatalogue.Find(name)!;
        var blocks = strategy.Kind is not StrategyKind.Asynchronous;
        var allowed = strategy.Kind switch
        {
            StrategyKind.Sequential => 1,
            StrategyKind.Asynchronous => Workers,
            _ => 4,
        };
        // Its workers are a ceiling: it begins with fewer, until the server has answered.
        var expected = strategy is AdaptiveStrategy ? 12 : allowed;
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) };
        using var handler = new ThreadCountingHandler(DownloadHandlerFactory.Create(options));
        using var client = new DownloadClient(handler, options);
        using var cancellation = new CancellationTokenSource();
        // More than may be in flight, where there is a limit.
        List<Uri> uris = [.. Enumerable.Repeat(_server.Url(Silent), strategy.IsBounded ? Workers : expected)];
        var request = new DownloadRequest(uris, allowed, new SingleClientSource(client));

        var run = DownloadRunner.RunStrategyAsync(name, request, cancellation.Token);
        await _server.WaitUntilAsync(server => server.InFlight == expected, $"{expected} in flight");
        var held = handler.Inside;
        await cancellation.CancelAsync();
        await run;

        Assert.Equal(blocks ? expected : 0, held);
        Assert.Equal(blocks, handler.Blocking > 0);
        Assert.Equal(!blocks, handler.Asynchronous > 0);
    }

    public void Dispose() => _server.Dispose();

    /// <summary>Counts the threads inside the handler: a call that has returned holds none, also when its task is not done.</summary>
    private sealed class ThreadCountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private int _inside;
        private int _blocking;
        private int _asynchronous;

        public int Inside => _inside;

        public int Blocking => _blocking;

        public int Asynchronous => _asynchronous;

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _blocking);
            Interlocked.Increment(ref _inside);
            try
            {
                return base.Send(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asynchronous);
            Interlocked.Increment(ref _inside);
            try
            {
                return base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }
    }

    private sealed class SingleClientSource(DownloadClient client) : IClientSource
    {
        public DownloadClient Rent() => client;

        public void Release(DownloadClient client)
        {
        }
    }
}

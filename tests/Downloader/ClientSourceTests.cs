using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>What each client policy costs in connections, as the server counts them.</summary>
public sealed class ClientSourceTests : IDisposable
{
    private const int Workers = 4;
    private const int Downloads = 40;
    private readonly HostileServer _server = new();

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public async Task Without_a_session_each_download_has_its_own_connection_which_ends_with_it(string strategy)
    {
        await DownloadAll(strategy, new ClientPerDownloadSource(new DownloaderOptions()));

        Assert.Equal(Downloads, _server.Connections);
        await _server.WaitUntilAsync(server => server.Open == 0, "all connections closed");
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public async Task A_shared_session_needs_no_more_connections_than_workers(string strategy)
    {
        using (var clients = new SharedClientSource(new DownloaderOptions()))
            await DownloadAll(strategy, clients);

        Assert.InRange(_server.Connections, 1, Workers);
        await _server.WaitUntilAsync(server => server.Open == 0, "all connections closed");
    }

    [Theory]
    [InlineData("WorkerLoops")]
    [InlineData("DedicatedThreads")]
    public async Task Connections_follow_the_workers_however_many_these_are(string strategy)
    {
        const int ManyWorkers = 150;
        using var clients = new SharedClientSource(new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) });
        using var cancellation = new CancellationTokenSource();
        var uris = Enumerable.Repeat(_server.Url(Silent), 2 * ManyWorkers).ToList();

        var run = DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest(uris, ManyWorkers, clients), cancellation.Token);
        await _server.WaitUntilAsync(server => server.InFlight == ManyWorkers, "a connection for each worker");
        await cancellation.CancelAsync();
        await run;

        Assert.Equal(ManyWorkers, _server.Connections);
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public async Task A_session_per_worker_needs_as_many_connections_as_workers(string strategy)
    {
        using (var clients = new PerWorkerClientSource(new DownloaderOptions()))
            await DownloadAll(strategy, clients);

        Assert.InRange(_server.Connections, 1, Workers);
        await _server.WaitUntilAsync(server => server.Open == 0, "all connections closed");
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public async Task The_factory_s_session_is_a_shared_one(string strategy)
    {
        var services = new ServiceCollection();
        services.AddDownloader();
        await using (var provider = services.BuildServiceProvider())
            await DownloadAll(strategy, provider.GetRequiredService<IClientSource>());

        Assert.InRange(_server.Connections, 1, Workers);
    }

    [Fact]
    public void A_worker_s_client_is_not_handed_out_twice()
    {
        using var clients = new PerWorkerClientSource(new DownloaderOptions());
        var (one, two) = (clients.Rent(), clients.Rent());
        Assert.NotSame(one, two);
        clients.Release(one);
        Assert.Same(one, clients.Rent());
    }

    [Fact]
    public async Task The_factory_may_replace_its_handlers()
    {
        var services = new ServiceCollection();
        services.AddDownloader().SetHandlerLifetime(TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider();
        var clients = provider.GetRequiredService<IClientSource>();
        var first = clients.Rent();

        await _server.WaitUntilAsync(_ => clients.Rent() != first, "a new client once the handler's lifetime has ended");
        Assert.True((await clients.Rent().GetAsync(_server.Url(Good), TestContext.Current.CancellationToken)).Succeeded);
    }

    [Fact]
    public async Task Handlers_of_the_user_are_in_the_chain()
    {
        var services = new ServiceCollection();
        services.AddDownloader().AddHttpMessageHandler(() => new RedirectingHandler(_server.Url(Good)));
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IClientSource>().Rent();
        var result = await client.GetAsync(_server.Url(NotFound), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public void A_bad_option_is_one_clear_line()
    {
        var services = new ServiceCollection();
        services.AddDownloader(options => options.MaxBytes = -1);
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IClientSource>().Rent());

        Assert.Equal("MaxBytes is -1; it must be 0 or more bytes.", error.Message);
    }

    private async Task DownloadAll(string strategy, IClientSource clients)
    {
        var uris = Enumerable.Repeat(_server.Url(Good), Downloads).ToList();
        var results = await DownloadRunner.RunStrategyAsync(strategy, new DownloadRequest(uris, Workers, clients));
        Assert.All(results, result => Assert.Null(result.Failure));
    }

    public void Dispose() => _server.Dispose();

    private sealed class RedirectingHandler(Uri uri) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>Pacing by <see cref="DownloaderOptions.RateLimit"/>.</summary>
public sealed class RateLimitOptionTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const double Rate = 50;

    private const int Workers = 8;

    /// <summary>So many can start at once.</summary>
    private const int Burst = 3;

    /// <summary>Requests that started one after another can arrive at once on a busy machine, so no more is asked of a second at the
    /// server; that the rate is kept shows in the time of the whole.</summary>
    private const int MinInASecond = 30;

    public static TheoryData<string> Strategies => ["WorkerLoops", "DedicatedThreads", "Adaptive"];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Requests_start_at_the_rate_and_the_rate_is_used(string strategy)
    {
        server.UseScenario("--latency 5");
        var options = new DownloaderOptions { RateLimit = Rate };

        var started = Stopwatch.GetTimestamp();
        var requests = await DownloadAsync(strategy, options, downloads: 80);

        Assert.Equal(80, requests.Count);
        AssertPaced(requests, started);
    }

    [Fact]
    public async Task All_clients_of_the_same_options_share_it()
    {
        server.UseScenario("--latency 5");
        var options = new DownloaderOptions { RateLimit = Rate };
        using var clients = new PerWorkerClientSource(options);

        var started = Stopwatch.GetTimestamp();
        var requests = await DownloadAsync("WorkerLoops", clients, downloads: 80);

        AssertPaced(requests, started);
    }

    [Fact]
    public async Task Retries_are_paced_too()
    {
        server.UseScenario("--latency 5 --fault-share 0.5 --faults server-error");
        var options = new DownloaderOptions
        {
            RateLimit = Rate,
            Resilience = DownloadResilience.Create(new() { Delay = TimeSpan.Zero, MaxRetryAttempts = 20 }),
        };

        var started = Stopwatch.GetTimestamp();
        var requests = await DownloadAsync("WorkerLoops", options, downloads: 60);

        Assert.InRange(requests.Count, 80, 200);
        AssertPaced(requests, started);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_Retry_After_holds_back_all_downloads(string strategy)
    {
        server.UseScenario("--latency 5 --rate-limit 20 --retry-after 1");
        var options = new DownloaderOptions
        {
            RateLimit = 100,
            Resilience = DownloadResilience.Create(new() { MaxRetryAttempts = 20 }),
        };

        var requests = await DownloadAsync(strategy, options, downloads: 50);

        var told = requests.First(request => request.Outcome == RequestOutcome.RateLimited).AnswerBegan;
        var inTheWait = requests.Count(request => request.Arrived > told && request.Arrived < told + TimeSpan.FromMilliseconds(900));
        // Those that had started when the first one was told.
        Assert.InRange(inTheWait, 0, Workers - 1);
        Assert.Equal(50, requests.Count(request => request.Outcome == RequestOutcome.Served));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(20, 1)]
    [InlineData(50, 2)]
    public void At_low_rates_requests_start_one_at_a_time(double rate, int atOnce)
    {
        var pacer = new RequestPacer(rate);
        var started = Stopwatch.GetTimestamp();
        var cancellationToken = TestContext.Current.CancellationToken;

        for (var request = 0; request < atOnce; request++) pacer.Wait(cancellationToken);
        pacer.Wait(cancellationToken);

        Assert.Equal(atOnce, RequestPacer.GetBurst(rate));
        // A fiftieth of a second may be saved; after the first request of all the second one waits longer.
        var extra = atOnce == 1 ? 0.15 : -0.021;
        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds > (1 / rate) + extra);
    }

    [Fact]
    public async Task A_wait_for_the_rate_ends_when_the_run_is_cancelled()
    {
        server.UseScenario("--latency 0");
        using var clients = new SharedClientSource(new DownloaderOptions { RateLimit = 0.001 });
        using var cancellation = new CancellationTokenSource();
        foreach (var strategy in new[] { "WorkerLoops", "DedicatedThreads", "Adaptive" })
        {
            var run = DownloadRunner.RunStrategyAsync(
                strategy, new DownloadRequest([.. Enumerable.Repeat(server.Dice, 20)], 4, clients), cancellation.Token);
            await cancellation.CancelAsync();
            var results = await run;

            Assert.Contains(results, result => result.Failure?.Reason == FailureReason.Cancelled);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.0009)]
    [InlineData(1e-300)]
    [InlineData(double.NaN)]
    [InlineData(1_000_001)]
    public void A_rate_out_of_range_is_refused(double rate)
    {
        var error = Assert.Throws<ArgumentException>(() => DownloadHandlerFactory.Create(new DownloaderOptions { RateLimit = rate }));

        var shown = rate.ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"RateLimit is {shown}; it must be between 0.001 and 1000000 per second.", error.Message);
    }

    private static void AssertPaced(IReadOnlyList<RequestRecord> requests, long started)
    {
        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds > (requests.Count - Burst) / Rate);
        Assert.InRange(MaxInASecond(requests), MinInASecond, int.MaxValue);
    }

    private static int MaxInASecond(IReadOnlyList<RequestRecord> requests) => requests.Max(first => requests.Count(request =>
        request.Arrived >= first.Arrived && request.Arrived < first.Arrived + TimeSpan.FromSeconds(1)));

    private async Task<IReadOnlyList<RequestRecord>> DownloadAsync(string strategy, DownloaderOptions options, int downloads)
    {
        using var clients = new SharedClientSource(options);
        return await DownloadAsync(strategy, clients, downloads);
    }

    private async Task<IReadOnlyList<RequestRecord>> DownloadAsync(string strategy, IClientSource clients, int downloads)
    {
        var request = new DownloadRequest([.. Enumerable.Repeat(server.Dice, downloads)], Workers, clients);
        var results = await DownloadRunner.RunStrategyAsync(strategy, request);
        Assert.All(results, result => Assert.Null(result.Failure));
        return [.. server.ReadRequests().OrderBy(one => one.Arrived)];
    }
}

using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>The strategy without a worker count, against the real server. Alone, because it adapts to what it sees, a busy machine
/// included.</summary>
[Collection(TestCollections.Alone)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class AdaptiveStrategyTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const int Ceiling = 64;
    private const int FirstLimit = 12;

    [Fact]
    public async Task It_begins_with_a_few_and_grows_up_to_the_ceiling_at_a_server_without_limit()
    {
        var requests = await DownloadAsync("--latency 100", downloads: 320);

        Assert.Equal(320, requests.Count);
        Assert.InRange(requests.Count(request => request.Arrived < requests.Min(one => one.AnswerBegan)), 1, FirstLimit);
        // A busy machine answers late, which can hold up the growth for a while.
        Assert.InRange(GetPeak(requests), 3 * FirstLimit, Ceiling);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(6)]
    public async Task It_follows_what_the_server_refuses(int capacity)
    {
        var requests = await DownloadAsync($"--latency 20 --capacity {capacity} --queue 0 --retry-after 0", downloads: 320);

        var refused = requests.Where(request => request.Outcome == RequestOutcome.Refused).ToList();
        Assert.Equal(320, requests.Count - refused.Count);
        Assert.InRange(refused.Count, 1, 320 * 8 / 100);
        // Once the first refusals have come back, never many more than it has decided.
        var decided = refused[0].AnswerBegan + TimeSpan.FromMilliseconds(100);
        Assert.InRange(GetPeak([.. requests.Where(request => request.Arrived > decided)]), 1, capacity + 4);
    }

    [Fact]
    public async Task A_Retry_After_holds_back_all_downloads_not_only_the_one_that_was_told()
    {
        var requests = await DownloadAsync("--latency 20 --capacity 8 --queue 0 --retry-after 1", downloads: 64);

        var first = requests.First(request => request.Outcome == RequestOutcome.Refused).AnswerBegan;
        var during = requests.Count(request => request.Arrived > first && request.Arrived < first + TimeSpan.FromMilliseconds(900));
        // Those that were under way when the first one was told; 40 of the 64 have not started by then.
        Assert.InRange(during, 0, 2 * FirstLimit);
    }

    [Fact]
    public async Task It_learns_a_rate_limit_and_keeps_to_it()
    {
        var requests = await DownloadAsync("--latency 20 --rate-limit 40", downloads: 120);

        Assert.Equal(120, requests.Count(request => request.Outcome == RequestOutcome.Served));
        // Those that were under way when the first one was told, at most the ceiling: without learning each of the three seconds has more.
        Assert.InRange(requests.Count(request => request.Outcome == RequestOutcome.RateLimited), 1, Ceiling);
    }

    private static int GetPeak(IReadOnlyList<RequestRecord> requests) => requests.Max(request =>
        requests.Count(other => other.Arrived <= request.Arrived && other.AnswerBegan > request.Arrived));

    private async Task<IReadOnlyList<RequestRecord>> DownloadAsync(string scenario, int downloads)
    {
        server.UseScenario(scenario);
        using var clients = new SharedClientSource(new DownloaderOptions
        {
            Resilience = DownloadResilience.Create(new() { Delay = TimeSpan.FromMilliseconds(40), MaxRetryAttempts = 8 }),
        });
        var request = new DownloadRequest([.. Enumerable.Repeat(server.Dice, downloads)], Ceiling, clients);

        var results = await new AdaptiveStrategy().RunAsync(request, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Null(result.Failure));
        return [.. server.ReadRequests().OrderBy(one => one.Arrived)];
    }
}

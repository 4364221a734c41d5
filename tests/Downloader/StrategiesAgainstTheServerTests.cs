using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>The contract of every strategy, checked against the mock server's own log.</summary>
public sealed class StrategiesAgainstTheServerTests(SharedMockServer server) : IClassFixture<SharedMockServer>
{
    private const int Workers = 4;

    [Theory]
    [MemberData(nameof(Catalogue.Names), MemberType = typeof(Catalogue))]
    public async Task Results_are_in_the_order_of_the_list_with_the_bytes_of_each_page(string name)
    {
        // No regular pattern, so that a shifted result shows; and latencies that differ, so that they end out of order.
        var uris = Enumerable.Range(0, 40).Select(index => index * index % 7 < 3 ? server.Jython : server.Dice).ToList();
        server.Lab.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(10), LatencyJitter = TimeSpan.FromMilliseconds(9) });

        var (results, log) = await DownloadAsync(name, uris, ClientPolicy.Shared);

        Assert.Equal(uris, results.Select(result => result.Uri));
        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.Equal(uris.Select(uri => uri == server.Jython ? 10_966L : 276L), results.Select(result => result.BytesRead));
        Assert.Equal(uris.Count(uri => uri == server.Jython), log.Requests.Count(request => request.Page == Page.Jython));
        Assert.Equal(uris.Count(uri => uri == server.Dice), log.Requests.Count(request => request.Page == Page.Dice));
        Assert.Equal(uris.Count, log.Requests.Count);
        Assert.Equal(0, log.InFlight);
    }

    [Theory]
    [MemberData(nameof(Catalogue.Names), MemberType = typeof(Catalogue))]
    public async Task Never_more_in_flight_than_workers(string name)
    {
        const int Downloads = 5 * Workers;
        server.Lab.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(20) });

        var (_, log) = await DownloadAsync(name, [.. Enumerable.Repeat(server.Dice, Downloads)], ClientPolicy.Shared);

        // How close to the limit it comes depends on the machine; that all workers are busy is asserted where the server holds its
        // responses.
        Assert.InRange(ConcurrencyCalculator.Peak(log.Requests), 1, MaxInFlight(name, Downloads));
    }

    [Theory]
    [MemberData(nameof(Catalogue.NamesAndPolicies), MemberType = typeof(Catalogue))]
    public async Task Connections_are_as_many_as_the_client_policy_allows(string name, ClientPolicy policy)
    {
        server.Lab.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(5) });

        var (results, log) = await DownloadAsync(name, [.. Enumerable.Repeat(server.Dice, 20)], policy);

        Assert.All(results, result => Assert.Null(result.Failure));
        var connections = log.Requests.DistinctBy(request => request.Connection).Count();
        if (policy == ClientPolicy.New) Assert.Equal(20, connections);
        else Assert.InRange(connections, 1, MaxInFlight(name, 20));
    }

    [Theory]
    [MemberData(nameof(Catalogue.Names), MemberType = typeof(Catalogue))]
    public async Task All_workers_are_busy_and_a_cancelled_run_leaves_nothing_in_flight_at_the_server(string name)
    {
        const int Downloads = 3 * Workers;
        server.Lab.SetScenario(new Scenario { Latency = TimeSpan.FromMinutes(5) });
        server.Lab.ResetAudit();
        using var clients = new Clients(ClientPolicy.Shared);
        using var cancellation = new CancellationTokenSource();
        var request = new DownloadRequest([.. Enumerable.Repeat(server.Dice, Downloads)], Workers, clients.Source);
        var expected = MaxInFlight(name, Downloads);

        var run = DownloadRunner.RunStrategyAsync(name, request, cancellation.Token);
        // The pool adds only a thread or two a second when its threads block.
        await Eventually.Is(expected, () => server.Lab.ReadAudit().InFlight, DownloadRunner.HangLimit);
        await cancellation.CancelAsync();
        var results = await run;

        Assert.Equal(Downloads, results.Count);
        Assert.All(results, result => Assert.Equal(FailureReason.Cancelled, result.Failure?.Reason));
        await Eventually.Is(0, () => server.Lab.ReadAudit().InFlight, DownloadRunner.HangLimit);
        var requests = server.Lab.ReadAudit().Requests;
        Assert.Equal(expected, requests.Count);
        Assert.All(requests, request => Assert.Equal(RequestOutcome.Abandoned, request.Outcome));
    }

    private static int MaxInFlight(string name, int downloads) => StrategyCatalogue.Find(name) switch
    {
        { Kind: StrategyKind.Sequential } => 1,
        { IsBounded: true } => Workers,
        _ => downloads,
    };

    private async Task<(IReadOnlyList<DownloadResult> Results, RequestLog Log)> DownloadAsync(
        string name, IReadOnlyList<Uri> uris, ClientPolicy policy)
    {
        using var clients = new Clients(policy);
        server.Lab.ResetAudit();
        var request = new DownloadRequest(uris, Workers, clients.Source);
        var results = await StrategyCatalogue.Find(name)!.RunAsync(request, TestContext.Current.CancellationToken);
        return (results, server.Lab.ReadAudit());
    }
}

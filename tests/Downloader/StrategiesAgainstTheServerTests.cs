using System.Diagnostics;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>What every strategy of the catalogue keeps to, as the mock server's own log shows it.</summary>
public sealed class StrategiesAgainstTheServerTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const int Workers = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public async Task Results_are_in_the_order_of_the_list_with_the_bytes_of_each_page(string name)
    {
        // No regular pattern, so that a shifted result shows; and latencies that differ, so that they end out of order.
        var uris = Enumerable.Range(0, 40).Select(index => index * index % 7 < 3 ? server.Jython : server.Dice).ToList();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(10), LatencyJitter = TimeSpan.FromMilliseconds(9) });

        var (results, log) = await Run(name, uris, ClientPolicy.Shared);

        Assert.Equal(uris, results.Select(result => result.Uri));
        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.Equal(uris.Select(uri => uri == server.Jython ? 10_966L : 276L), results.Select(result => result.BytesRead));
        Assert.Equal(uris.Count(uri => uri == server.Jython), log.Requests.Count(request => request.Page == Page.Jython));
        Assert.Equal(uris.Count(uri => uri == server.Dice), log.Requests.Count(request => request.Page == Page.Dice));
        Assert.Equal(uris.Count, log.Requests.Count);
        Assert.Equal(0, log.InFlight);
    }

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public async Task Never_more_in_flight_than_workers_and_all_of_them_at_work(string name)
    {
        const int Downloads = 2 * Workers;
        var strategy = StrategyCatalogue.Find(name)!;
        // Long enough for the last worker of a busy machine to begin before the first one is answered.
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(500) });

        var (_, log) = await Run(name, [.. Enumerable.Repeat(server.Dice, Downloads)], ClientPolicy.Shared);

        var peak = ConcurrencyCalculator.Peak(log.Requests);
        switch (strategy.Kind)
        {
            case StrategyKind.Sequential:
                Assert.Equal(1, peak);
                break;
            // The pool gives its threads when it likes.
            case StrategyKind.Blocking:
                Assert.InRange(peak, 2, Workers);
                break;
            default:
                Assert.Equal(strategy.IsBounded ? Workers : Downloads, peak);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(StrategyData.NamesAndPolicies), MemberType = typeof(StrategyData))]
    public async Task Connections_are_as_many_as_the_client_policy_allows(string name, ClientPolicy policy)
    {
        var strategy = StrategyCatalogue.Find(name)!;
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(5) });

        var (results, log) = await Run(name, [.. Enumerable.Repeat(server.Dice, 20)], policy);

        Assert.All(results, result => Assert.Null(result.Failure));
        var connections = log.Requests.DistinctBy(request => request.Connection).Count();
        var limit = strategy.Kind == StrategyKind.Sequential ? 1 : strategy.IsBounded ? Workers : 20;
        if (policy == ClientPolicy.New)
            Assert.Equal(20, connections);
        else
            Assert.InRange(connections, 1, limit);
    }

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public async Task Blocking_strategies_hold_the_caller_and_asynchronous_ones_do_not(string name)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(300) });
        using var clients = new ClientSourceScope(ClientPolicy.Shared);

        var running = StrategyCatalogue.Find(name)!.RunAsync(new DownloadRequest([server.Dice, server.Dice], 2, clients.Source), TestContext.Current.CancellationToken);
        var returnedWhenDone = running.IsCompleted;
        await running;

        Assert.Equal(StrategyCatalogue.Find(name)!.Kind != StrategyKind.Asynchronous, returnedWhenDone);
    }

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public async Task Cancelled_it_stops_at_once_and_leaves_nothing_in_flight_at_the_server(string name)
    {
        var latency = TimeSpan.FromMinutes(2);
        server.Control.SetScenario(new Scenario { Latency = latency });
        server.Control.ResetAudit();
        using var clients = new ClientSourceScope(ClientPolicy.Shared);
        using var cancellation = new CancellationTokenSource();
        var strategy = StrategyCatalogue.Find(name)!;
        var request = new DownloadRequest([.. Enumerable.Repeat(server.Dice, 12)], 2, clients.Source);
        var running = Task.Run(() => strategy.RunAsync(request, cancellation.Token));
        var expected = strategy.Kind == StrategyKind.Sequential ? 1 : strategy.IsBounded ? 2 : 12;
        await Eventually.Is(expected, () => server.Control.ReadAudit().InFlight);

        var cancelled = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        var results = await running.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.InRange(cancelled.Elapsed, TimeSpan.Zero, latency / 8);
        Assert.Equal(12, results.Count);
        Assert.All(results, result => Assert.Equal(FailureReason.Cancelled, result.Failure?.Reason));
        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        var seen = server.Control.ReadAudit().Requests;
        Assert.Equal(expected, seen.Count);
        Assert.All(seen, one => Assert.Equal(RequestOutcome.Abandoned, one.Outcome));
    }

    private async Task<(IReadOnlyList<DownloadResult> Results, RequestLog Log)> Run(string name, IReadOnlyList<Uri> uris, ClientPolicy policy)
    {
        using var clients = new ClientSourceScope(policy);
        server.Control.ResetAudit();
        var results = await StrategyCatalogue.Find(name)!.RunAsync(new DownloadRequest(uris, Workers, clients.Source), TestContext.Current.CancellationToken);
        return (results, server.Control.ReadAudit());
    }
}

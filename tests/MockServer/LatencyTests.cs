using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using Mock = Downloader.MockServer.Simulation;

namespace Downloader.Tests.MockServer;

[Collection(Support.TestCollections.Alone)]
public sealed class LatencyTests
{
    /// <remarks>The one absolute time in the tests, as it is what the server promises. A machine that is busy for a moment makes it late, never
    /// early, and not every time: the best of a few medians is what the server itself does.</remarks>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(20, 1)]
    [InlineData(50, 1)]
    [InlineData(5, 64)]
    [InlineData(20, 64)]
    [InlineData(50, 64)]
    public async Task The_median_service_time_is_within_a_millisecond_of_what_was_asked(int milliseconds, int atOnce)
    {
        using var server = MockServerFixture.Start("--latency", $"{milliseconds}");
        var medians = new List<double>();
        for (var attempt = 0; attempt < 5 && medians.All(median => median > milliseconds + 1); attempt++)
        {
            server.Control.ResetAudit();
            await server.Get("/dice", Math.Max(20, atOnce * 5), atOnce);
            medians.Add(Median(server.ReadRequests().Select(request => request.ServiceTime.TotalMilliseconds)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', medians));
        Assert.All(medians, median => Assert.True(median >= milliseconds));
        Assert.InRange(medians.Min(), milliseconds, milliseconds + 1.0);
    }

    [Theory]
    [InlineData("--latency", "3")]
    [InlineData("--latency", "10", "--latency-jitter", "9")]
    [InlineData("--latency", "3", "--latency-p99", "30")]
    public async Task No_request_is_served_sooner_than_its_latency(params string[] arguments)
    {
        using var server = MockServerFixture.Start(arguments);
        await server.Get("/dice", 200, atOnce: 16);
        Assert.All(server.ReadRequests(), request => Assert.True(request.ServiceTime >= request.Latency));
    }

    [Fact]
    public async Task Uniform_latency_lies_within_its_bounds_and_fills_them()
    {
        using var server = MockServerFixture.Start("--latency", "10", "--latency-jitter", "4");
        await server.Get("/dice", 200, atOnce: 32);
        var drawn = server.ReadRequests().Select(request => request.Latency.TotalMilliseconds).ToList();
        Assert.InRange(drawn.Min(), 6, 6.5);
        Assert.InRange(drawn.Max(), 13.5, 14);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_latencies_in_every_iteration_and_every_server()
    {
        string[] arguments = ["--latency", "2", "--latency-p99", "20", "--seed", "7"];
        using var one = MockServerFixture.Start(arguments);
        using var other = MockServerFixture.Start(arguments);
        foreach (var server in new[] { one, one, other })
        {
            server.Control.BeginIteration();
            await server.Get("/dice", 50, atOnce: 8);
            server.Control.EndIteration();
        }

        static List<TimeSpan> Drawn(MockServerFixture server, int iteration) =>
            [.. server.ReadRequests().Where(request => request.Iteration == iteration).OrderBy(request => request.Sequence).Select(request => request.Latency)];
        Assert.Equal(50, Drawn(one, 0).Distinct().Count());
        Assert.Equal(Drawn(one, 0), Drawn(one, 1));
        Assert.Equal(Drawn(one, 0), Drawn(other, 0));
    }

    [Fact]
    public async Task Another_seed_draws_other_latencies()
    {
        using var server = MockServerFixture.Start("--latency", "2", "--latency-jitter", "1");
        await server.Get("/dice", 1);
        server.Control.SetScenario(server.Control.GetScenario() with { Seed = 2 });
        server.Control.ResetAudit();
        var first = server.ReadRequests();
        await server.Get("/dice", 1);
        Assert.Empty(first);
        Assert.NotEqual(new Mock.LatencyPlan(new Scenario { Latency = TimeSpan.FromMilliseconds(2), LatencyJitter = TimeSpan.FromMilliseconds(1) }).Of(0),
            server.ReadRequests().Single().Latency);
    }

    [Fact]
    public async Task A_new_connection_costs_the_connect_latency_once()
    {
        using var server = MockServerFixture.Start("--latency", "0", "--connect-latency", "15");
        using var client = server.NewClient(connections: 1);
        for (var i = 0; i < 3; i++) await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);

        var seen = server.ReadRequests();
        Assert.Single(seen.Select(request => request.Connection).Distinct());
        Assert.True(seen[0].Connecting >= TimeSpan.FromMilliseconds(15));
        Assert.All(seen.Skip(1), request => Assert.Equal(TimeSpan.Zero, request.Connecting));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

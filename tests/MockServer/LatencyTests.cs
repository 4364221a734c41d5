using System.Diagnostics;
using Downloader.Tests.Support;
using Mock = Downloader.MockServer.Simulation;

namespace Downloader.Tests.MockServer;

[Collection(TestCollections.Alone)]
public sealed class LatencyTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    /// <summary>Far longer than a busy machine takes to be idle for a moment: only a failure waits so long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <remarks>The one absolute time in the tests, because it is what the server promises. A busy machine makes requests late, but not all
    /// of them and not always: the earliest quarter of the best of several attempts shows what the server itself does. A timer that counts
    /// whole milliseconds is late with every request.</remarks>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(50, 1)]
    [InlineData(20, 64)]
    public async Task Requests_are_served_within_a_millisecond_of_their_latency(int milliseconds, int atOnce)
    {
        var server = fixture.UseScenario($"--latency {milliseconds}");
        var quartiles = new List<double>();
        var watch = Stopwatch.StartNew();
        while (quartiles.All(quartile => quartile > milliseconds + 1) && watch.Elapsed < Limit)
        {
            server.Control.ResetAudit();
            await server.SendRequests("/dice", Math.Max(20, atOnce * 5), atOnce);
            var served = server.ReadRequests().Select(request => request.ServiceTime.TotalMilliseconds).Order().ToList();
            Assert.True(served[0] >= milliseconds);
            quartiles.Add(served[served.Count / 4]);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', quartiles));
        Assert.InRange(quartiles.Min(), milliseconds, milliseconds + 1.0);
    }

    [Theory]
    [InlineData("--latency 3")]
    [InlineData("--latency 10 --latency-jitter 9")]
    [InlineData("--latency 3 --latency-p99 30")]
    [InlineData("--latency-quantiles 1,2,3,30")]
    public async Task No_request_is_served_sooner_than_its_latency(string options)
    {
        var server = fixture.UseScenario(options);
        await server.SendRequests("/dice", 200, atOnce: 16);
        Assert.All(server.ReadRequests(), request => Assert.True(request.ServiceTime >= request.Latency));
    }

    [Fact]
    public async Task Uniform_latency_lies_within_its_bounds_and_fills_them()
    {
        var server = fixture.UseScenario("--latency 10 --latency-jitter 4");
        await server.SendRequests("/dice", 200, atOnce: 32);
        var drawn = server.ReadRequests().Select(request => request.Latency.TotalMilliseconds).ToList();
        Assert.InRange(drawn.Min(), 6, 6.5);
        Assert.InRange(drawn.Max(), 13.5, 14);
    }

    /// <remarks>This process draws them too: they depend on nothing but the scenario.</remarks>
    [Theory]
    [InlineData("--latency 2 --latency-p99 20 --seed 7")]
    [InlineData("--latency-quantiles 1,2,3,20 --seed 7")]
    public async Task The_same_seed_draws_the_same_latencies_in_every_iteration_and_every_process(string options)
    {
        var server = fixture.UseScenario(options);
        for (var iteration = 0; iteration < 2; iteration++)
        {
            server.Control.BeginIteration();
            await server.SendRequests("/dice", 50, atOnce: 8);
            server.Control.EndIteration();
        }

        var plan = new Mock.LatencyPlan(server.Control.GetScenario());
        var expected = Enumerable.Range(0, 50).Select(plan.GetLatency).ToList();
        Assert.Equal(50, expected.Distinct().Count());
        Assert.All([0, 1], iteration => Assert.Equal(expected, Drawn(iteration)));

        IEnumerable<TimeSpan> Drawn(int iteration) =>
            server.ReadRequests().Where(request => request.Iteration == iteration)
                .OrderBy(request => request.Sequence).Select(request => request.Latency);
    }

    [Fact]
    public async Task Another_seed_draws_other_latencies()
    {
        var server = fixture.UseScenario("--latency 2 --latency-jitter 1");
        await server.SendRequests("/dice", 1);
        server.Control.SetScenario(server.Control.GetScenario() with { Seed = 2 });
        server.Control.ResetAudit();
        var first = server.ReadRequests();
        await server.SendRequests("/dice", 1);
        Assert.Empty(first);
        var seedOne = new Mock.LatencyPlan(server.Control.GetScenario() with { Seed = 1 });
        Assert.NotEqual(seedOne.GetLatency(0), server.ReadRequests().Single().Latency);
    }

    [Fact]
    public async Task A_new_connection_costs_the_connect_latency_once()
    {
        var server = fixture.UseScenario("--latency 0 --connect-latency 15");
        using var client = server.NewClient(connections: 1);
        for (var i = 0; i < 3; i++) await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);

        var seen = server.ReadRequests();
        Assert.Single(seen.Select(request => request.Connection).Distinct());
        Assert.True(seen[0].Connecting >= TimeSpan.FromMilliseconds(15));
        Assert.All(seen.Skip(1), request => Assert.Equal(TimeSpan.Zero, request.Connecting));
    }
}

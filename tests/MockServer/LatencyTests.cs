using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using Mock = Downloader.MockServer.Simulation;

namespace Downloader.Tests.MockServer;

public sealed class LatencyTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    /// <remarks>The one absolute time in the tests, because it is what the server promises. A busy machine makes requests late, but not all
    /// of them and not always: the earliest quarter of the best of several attempts shows what the server itself does. A timer that counts
    /// whole milliseconds is late with every request.</remarks>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(50, 1)]
    [InlineData(20, 64)]
    public async Task Requests_are_served_within_a_millisecond_of_their_latency(int milliseconds, int atOnce)
    {
        var server = fixture.Use($"--latency {milliseconds}");
        var quartiles = new List<double>();
        for (var attempt = 0; attempt < 10 && quartiles.All(quartile => quartile > milliseconds + 1); attempt++)
        {
            server.Lab.ResetAudit();
            await server.Get("/dice", Math.Max(20, atOnce * 5), atOnce);
            var served = server.Seen().Select(request => request.ServiceTime.TotalMilliseconds).Order().ToList();
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
    public async Task No_request_is_served_sooner_than_its_latency(string options)
    {
        var server = fixture.Use(options);
        await server.Get("/dice", 200, atOnce: 16);
        Assert.All(server.Seen(), request => Assert.True(request.ServiceTime >= request.Latency));
    }

    [Fact]
    public async Task Uniform_latency_lies_within_its_bounds_and_fills_them()
    {
        var server = fixture.Use("--latency 10 --latency-jitter 4");
        await server.Get("/dice", 200, atOnce: 32);
        var drawn = server.Seen().Select(request => request.Latency.TotalMilliseconds).ToList();
        Assert.InRange(drawn.Min(), 6, 6.5);
        Assert.InRange(drawn.Max(), 13.5, 14);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_latencies_in_every_iteration_and_every_server()
    {
        string[] arguments = ["--latency", "2", "--latency-p99", "20", "--seed", "7"];
        var one = fixture.Use(string.Join(' ', arguments));
        using var other = new Server(arguments);
        foreach (var server in new[] { one, one, other })
        {
            server.Lab.BeginIteration();
            await server.Get("/dice", 50, atOnce: 8);
            server.Lab.EndIteration();
        }

        static List<TimeSpan> Drawn(Server server, int iteration) =>
            [.. server.Seen().Where(request => request.Iteration == iteration).OrderBy(request => request.Sequence).Select(request => request.Latency)];
        Assert.Equal(50, Drawn(one, 0).Distinct().Count());
        Assert.Equal(Drawn(one, 0), Drawn(one, 1));
        Assert.Equal(Drawn(one, 0), Drawn(other, 0));
    }

    [Fact]
    public async Task Another_seed_draws_other_latencies()
    {
        var server = fixture.Use("--latency 2 --latency-jitter 1");
        await server.Get("/dice", 1);
        server.Lab.SetScenario(server.Lab.GetScenario() with { Seed = 2 });
        server.Lab.ResetAudit();
        var first = server.Seen();
        await server.Get("/dice", 1);
        Assert.Empty(first);
        Assert.NotEqual(new Mock.LatencyPlan(new Scenario { Latency = TimeSpan.FromMilliseconds(2), LatencyJitter = TimeSpan.FromMilliseconds(1) }).GetLatency(0),
            server.Seen().Single().Latency);
    }

    [Fact]
    public async Task A_new_connection_costs_the_connect_latency_once()
    {
        var server = fixture.Use("--latency 0 --connect-latency 15");
        using var client = server.NewClient(connections: 1);
        for (var i = 0; i < 3; i++) await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);

        var seen = server.Seen();
        Assert.Single(seen.Select(request => request.Connection).Distinct());
        Assert.True(seen[0].Connecting >= TimeSpan.FromMilliseconds(15));
        Assert.All(seen.Skip(1), request => Assert.Equal(TimeSpan.Zero, request.Connecting));
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class CapacityTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public async Task No_more_are_served_at_once_than_the_capacity_and_the_others_wait()
    {
        var server = fixture.UseScenario("--latency 10 --capacity 4");
        var codes = await server.SendRequests("/dice", 40, atOnce: 16);
        Assert.All(codes, code => Assert.Equal(HttpStatusCode.OK, code));

        var seen = server.ReadRequests();
        // Of those that did not wait the log has no time of admission: between arrival and admission a busy machine may do something else.
        var waited = seen.Where(request => request.Queued > TimeSpan.Zero);
        Assert.Equal(4, Peak(waited.Select(request => (request.Arrived + request.Queued, request.AnswerBegan))));
        Assert.True(Peak(seen.Select(request => (request.Arrived, request.AnswerBegan))) > 4);
        // Its latency begins when it is let in.
        Assert.All(seen, request => Assert.True(request.ServiceTime >= request.Queued + request.Latency));
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task Past_the_queue_comes_503_with_Retry_After()
    {
        var server = fixture.UseScenario("--latency 2000 --capacity 2 --queue 3 --retry-after 7");
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Http.GetAsync("/dice")));

        var refused = responses.Where(response => response.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.Equal(5, refused.Count);
        Assert.All(refused, response => Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta));
        Assert.Equal(5, server.ReadRequests().Count(request => request.Outcome == RequestOutcome.Refused));
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task A_client_that_disconnects_while_waiting_leaves_the_queue()
    {
        var server = fixture.UseScenario("--latency 3000 --capacity 1 --queue 1");
        var served = server.Http.GetAsync("/dice", TestContext.Current.CancellationToken);
        await Eventually.Is(1, () => server.Control.ReadAudit().InFlight);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Connect(IPAddress.Loopback, server.Address.Port);
            socket.Send(Encoding.ASCII.GetBytes("GET /jython HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            await Eventually.Is(2, () => server.Control.ReadAudit().InFlight);
        }

        await Eventually.Is(true, () => server.ReadRequests().Any(request => request.Outcome == RequestOutcome.Abandoned));
        var waiting = await server.Http.GetAsync("/dice", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, waiting.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served).StatusCode);
        Assert.Equal(RequestOutcome.Abandoned, server.ReadRequests().Single(request => request.Page == Page.Jython).Outcome);
    }

    [Fact]
    public async Task Over_the_rate_comes_429_with_Retry_After()
    {
        var server = fixture.UseScenario("--latency 0 --rate-limit 0.001 --retry-after 3");
        var codes = await server.SendRequests("/dice", 5);
        using var last = await server.Http.GetAsync("/dice", TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 4)], codes);
        Assert.Equal(TimeSpan.FromSeconds(3), last.Headers.RetryAfter?.Delta);
        Assert.Equal(5, server.ReadRequests().Count(request => request.Outcome == RequestOutcome.RateLimited));
    }

    /// <summary>The most of these spans of time that overlap; one that begins as another ends does not overlap it.</summary>
    internal static int Peak(IEnumerable<(TimeSpan From, TimeSpan To)> spans)
    {
        var (now, peak) = (0, 0);
        foreach (var (_, change) in spans.SelectMany(span => new[] { (span.From, 1), (span.To, -1) }).Order())
            peak = Math.Max(peak, now += change);
        return peak;
    }
}

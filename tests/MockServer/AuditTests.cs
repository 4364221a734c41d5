using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class AuditTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public async Task Every_request_is_recorded_with_its_page_and_iteration_in_order_of_arrival()
    {
        var server = fixture.UseScenario("--latency 1");
        await server.SendRequests("/dice", 1);
        server.Control.BeginIteration();
        await server.SendRequests("/jython", 2);
        server.Control.EndIteration();
        await server.SendRequests("/nowhere", 1);
        server.Control.BeginIteration();
        await server.SendRequests("/dice", 1);

        var log = server.Control.ReadAudit();
        Assert.Equal(
            [(-1, 0, Page.Dice, RequestOutcome.Served), (0, 0, Page.Jython, RequestOutcome.Served),
                (0, 1, Page.Jython, RequestOutcome.Served),
                (-1, 2, Page.Other, RequestOutcome.NotFound), (1, 0, Page.Dice, RequestOutcome.Served)],
            log.Requests.Select(request => (request.Iteration, request.Sequence, request.Page, request.Outcome)));
        Assert.Equal([true, false], log.Iterations.Select(iteration => iteration.Ended is not null));
        Assert.Equal((0, 0L), (log.InFlight, log.Dropped));
        Assert.Equal(log.Requests.Select(request => request.Arrived).Order(), log.Requests.Select(request => request.Arrived));
    }

    [Fact]
    public async Task The_peak_in_the_log_is_what_the_client_had_in_flight_and_never_more()
    {
        var server = fixture.UseScenario("--latency 2");
        await server.SendRequests("/dice", 1000, atOnce: 8);
        Assert.Equal(8, CapacityTests.Peak(server.ReadRequests().Select(request => (request.Arrived, request.AnswerBegan))));
    }

    [Fact]
    public async Task Each_connection_has_the_next_number()
    {
        var server = fixture.UseScenario("--latency 1");
        for (var i = 0; i < 3; i++)
        {
            using var client = server.NewClient();
            await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
            await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
        }

        var numbers = server.ReadRequests().Select(request => request.Connection).ToList();
        var first = numbers[0];
        Assert.Equal([first, first, first + 1, first + 1, first + 2, first + 2], numbers);
    }

    [Fact]
    public async Task A_request_under_way_is_in_flight_and_one_whose_client_has_gone_is_abandoned()
    {
        var server = fixture.UseScenario("--latency 60000");
        using (var client = server.NewClient())
        {
            _ = client.GetAsync("/dice", TestContext.Current.CancellationToken);
            await Eventually.Is(1, () => server.Control.ReadAudit().InFlight);
        }

        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        Assert.Equal(RequestOutcome.Abandoned, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_control_requests_are_never_seen()
    {
        var server = fixture.UseScenario("--latency 0");
        Assert.Empty(server.ReadRequests());
        await server.SendRequests("/dice", 3);
        server.Control.BeginIteration();
        server.Control.ResetAudit();
        var log = server.Control.ReadAudit();
        Assert.Empty(log.Requests);
        Assert.Empty(log.Iterations);
    }

    [Fact]
    public async Task A_stopped_audit_logs_nothing_until_the_next_reset_and_the_scenario_stays_in_force()
    {
        var server = fixture.UseScenario("--latency 1 --fault-share 0.25 --faults server-error");
        server.Control.StopAudit();
        var first = await Iteration();
        var second = await Iteration();

        Assert.Equal(5, first.Count(code => code == HttpStatusCode.InternalServerError));
        // The plan of faults starts again; had it gone on, others would fail.
        Assert.Equal(first, second);
        var log = server.Control.ReadAudit();
        Assert.Equal((0, 0, 2, 40L), (log.Requests.Count, log.InFlight, log.Iterations.Count, log.Dropped));

        server.Control.ResetAudit();
        await server.SendRequests("/dice", 3);
        log = server.Control.ReadAudit();
        Assert.Equal((3, 0, 0L), (log.Requests.Count, log.InFlight, log.Dropped));

        Task<List<HttpStatusCode>> Iteration()
        {
            server.Control.BeginIteration();
            return server.SendRequests("/dice", 20);
        }
    }

    [Fact]
    public void A_full_log_counts_what_it_has_no_room_for()
    {
        var recorder = new AuditRecorder(number: 1, capacity: 2);
        Assert.Equal([(0, -1, 0), (1, -1, 1), (-1, -1, 2)], [recorder.RecordArrival(), recorder.RecordArrival(), recorder.RecordArrival()]);
        var page = recorder.Read(from: 0, to: int.MaxValue);
        Assert.Equal((2, 1L), (page.Logged, page.Dropped));
    }

    [Fact]
    public void A_log_that_is_stopped_keeps_what_it_has_and_does_not_grow()
    {
        var recorder = new AuditRecorder(number: 1, capacity: 100);
        recorder.RecordArrival();
        recorder.StopLogging();
        Assert.Equal(-1, recorder.RecordArrival().Index);
        var page = recorder.Read(from: 0, to: int.MaxValue);
        Assert.Equal((1, 1L), (page.Logged, page.Dropped));
    }

    /// <remarks>The pages of the log hold fewer requests than this.</remarks>
    [Fact]
    public async Task A_log_of_many_pages_is_read_whole_and_in_order()
    {
        var server = fixture.UseScenario("--latency 0 --payload 1,1");
        const int Count = AuditPage.MaxRequests + 2000;
        await server.SendRequests("/dice", Count, atOnce: 32);

        var log = server.Control.ReadAudit();
        Assert.Equal(Enumerable.Range(0, Count), log.Requests.Select(request => request.Sequence));
        Assert.Equal((0, 0L), (log.InFlight, log.Dropped));
    }

    [Theory]
    [InlineData("--latency 1", "/jython", 10_966, RequestOutcome.Served)]
    [InlineData("--latency 1 --payload 0,5", "/jython", 0, RequestOutcome.Served)]
    [InlineData("--latency 1", "/nowhere", 14, RequestOutcome.NotFound)]
    [InlineData("--latency 1 --fault-share 1 --faults cut-short", "/dice", 138, RequestOutcome.CutShort)]
    [InlineData("--latency 1 --fault-share 1 --faults server-error", "/dice", 19, RequestOutcome.ServerError)]
    [InlineData("--latency 1 --fault-share 1 --faults reset", "/dice", 0, RequestOutcome.Reset)]
    [InlineData("--latency 1 --fault-share 1 --faults empty", "/dice", 0, RequestOutcome.Empty)]
    public async Task The_bytes_of_the_body_that_were_sent_are_recorded(string options, string path, int bytes, RequestOutcome outcome)
    {
        var server = fixture.UseScenario(options);
        var body = await ReadBody(server, path);
        var seen = server.ReadRequests();
        Assert.All(seen, request => Assert.Equal((outcome, bytes), (request.Outcome, request.BodyBytes)));
        Assert.Equal(bytes, body);
    }

    [Fact]
    public async Task A_refusal_is_recorded_with_the_bytes_of_its_text()
    {
        var server = fixture.UseScenario("--latency 0 --rate-limit 0.001");
        await server.SendRequests("/dice", 1);
        Assert.Equal(await ReadBody(server, "/dice"), server.ReadRequests()[^1].BodyBytes);
        Assert.NotEqual(0, server.ReadRequests()[^1].BodyBytes);
    }

    [Fact]
    public async Task The_latency_asked_for_and_the_one_imposed_are_recorded_for_each_request()
    {
        var server = fixture.UseScenario("--latency 20 --latency-jitter 10 --capacity 1");
        await server.SendRequests("/dice", 6, atOnce: 3);
        var seen = server.ReadRequests();
        Assert.All(seen, request => Assert.True(request.ObservedLatency >= request.Latency));
        Assert.All(seen, request => Assert.Equal(request.AnswerBegan - request.Arrived, request.Queued + request.ObservedLatency));
        Assert.Contains(seen, request => request.Queued > TimeSpan.Zero && request.ObservedLatency < request.ServiceTime);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public async Task A_page_is_served_to_GET_alone(string method)
    {
        var server = fixture.UseScenario("--latency 0");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/dice");
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal((Page.Other, RequestOutcome.NotFound), server.ReadRequests().Select(one => (one.Page, one.Outcome)).Single());
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body.Length, server.ReadRequests().Single().BodyBytes);
    }

    /// <summary>The bytes of the body that arrive, whether it is whole or not.</summary>
    private static async Task<int> ReadBody(MockServerFixture server, string path)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var read = 0;
        try
        {
            using var response = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[1024];
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count) read += count;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The fault that the scenario asks for.
        }

        return read;
    }
}

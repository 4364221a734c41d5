using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class AuditTests
{
    [Fact]
    public async Task Every_request_is_recorded_with_its_page_and_iteration_in_order_of_arrival()
    {
        using var server = MockServerFixture.Start("--latency", "1");
        await server.Get("/dice", 1);
        server.Control.BeginIteration();
        await server.Get("/jython", 2);
        server.Control.EndIteration();
        await server.Get("/nowhere", 1);
        server.Control.BeginIteration();
        await server.Get("/dice", 1);

        var log = server.Control.ReadAudit();
        Assert.Equal(
            [(-1, 0, Page.Dice, RequestOutcome.Served), (0, 0, Page.Jython, RequestOutcome.Served), (0, 1, Page.Jython, RequestOutcome.Served),
                (-1, 2, Page.Other, RequestOutcome.NotFound), (1, 0, Page.Dice, RequestOutcome.Served)],
            log.Requests.Select(request => (request.Iteration, request.Sequence, request.Page, request.Outcome)));
        Assert.Equal([true, false], log.Iterations.Select(iteration => iteration.Ended is not null));
        Assert.Equal((0, 0L), (log.InFlight, log.Dropped));
        Assert.Equal(log.Requests.Select(request => request.Arrived).Order(), log.Requests.Select(request => request.Arrived));
    }

    [Fact]
    public async Task The_peak_in_the_log_is_what_the_client_had_in_flight_and_never_more()
    {
        using var server = MockServerFixture.Start("--latency", "2");
        await server.Get("/dice", 1000, atOnce: 8);
        Assert.Equal(8, CapacityTests.Peak(server.ReadRequests().Select(request => (request.Arrived, request.Completed))));
    }

    [Fact]
    public async Task Connections_are_counted_from_one()
    {
        using var server = MockServerFixture.Start("--latency", "1");
        for (var i = 0; i < 3; i++)
        {
            using var client = server.NewClient();
            await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
            await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, 1, 2, 2, 3, 3], server.ReadRequests().Select(request => request.Connection));
    }

    [Fact]
    public async Task A_request_under_way_is_in_flight_and_one_whose_client_has_gone_is_abandoned()
    {
        using var server = MockServerFixture.Start("--latency", "60000");
        using (var client = server.NewClient())
        {
            _ = client.GetAsync("/dice", TestContext.Current.CancellationToken);
            await Until(() => server.Control.ReadAudit().InFlight == 1);
        }

        await Until(() => server.Control.ReadAudit().InFlight == 0);
        Assert.Equal(RequestOutcome.Abandoned, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_control_requests_are_never_seen()
    {
        using var server = MockServerFixture.Start("--latency", "0");
        Assert.Empty(server.ReadRequests());
        await server.Get("/dice", 3);
        server.Control.BeginIteration();
        server.Control.ResetAudit();
        var log = server.Control.ReadAudit();
        Assert.Empty(log.Requests);
        Assert.Empty(log.Iterations);
    }

    [Fact]
    public async Task A_stopped_audit_logs_nothing_until_the_next_reset_and_the_scenario_stays_in_force()
    {
        using var server = MockServerFixture.Start("--latency", "1", "--fault-share", "0.25", "--faults", "server-error");
        server.Control.StopAudit();
        var first = await Iteration();
        var second = await Iteration();

        Assert.Equal(5, first.Count(code => code == HttpStatusCode.InternalServerError));
        // The plan of faults starts again; had it gone on, others would fail.
        Assert.Equal(first, second);
        var log = server.Control.ReadAudit();
        Assert.Equal((0, 0, 2, 40L), (log.Requests.Count, log.InFlight, log.Iterations.Count, log.Dropped));

        server.Control.ResetAudit();
        await server.Get("/dice", 3);
        log = server.Control.ReadAudit();
        Assert.Equal((3, 0, 0L), (log.Requests.Count, log.InFlight, log.Dropped));

        Task<List<HttpStatusCode>> Iteration()
        {
            server.Control.BeginIteration();
            return server.Get("/dice", 20);
        }
    }

    [Fact]
    public void A_full_log_counts_what_it_has_no_room_for()
    {
        var recorder = new AuditRecorder(room: 2);
        Assert.Equal([(0, -1, 0), (1, -1, 1), (-1, -1, 2)], [recorder.Arrive(), recorder.Arrive(), recorder.Arrive()]);
        var log = recorder.Read();
        Assert.Equal((2, 1L), (log.InFlight, log.Dropped));
    }

    [Fact]
    public async Task What_is_written_is_what_is_read()
    {
        static TimeSpan T(int ticks) => new(ticks);
        var log = new RequestLog(
            [new(T(1), T(2)), new(T(3), null)],
            [.. Enumerable.Range(0, 2500).Select(i => new RequestRecord(
                i, i + 1, i + 2, Page.Dice, WireProtocol.Https, RequestOutcome.CutShort, T(i + 3), T(i + 4), T(i + 5), T(i + 6), T(i + 7)))],
            InFlight: 5,
            Dropped: 1L << 40);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        await RequestLogFormat.WriteAsync(log, buffer, () => Task.CompletedTask);
        var read = RequestLogFormat.Read(new MemoryStream(buffer.WrittenSpan.ToArray()));

        Assert.Equal(log.Iterations, read.Iterations);
        Assert.Equal(log.Requests, read.Requests);
        Assert.Equal((log.InFlight, log.Dropped), (read.InFlight, read.Dropped));
        Assert.Throws<InvalidDataException>(() => RequestLogFormat.Read(new MemoryStream(buffer.WrittenSpan[..^1].ToArray())));
    }

    internal static async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!isSo()) await Task.Delay(5, limit.Token);
    }
}

using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class AuditLimitTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public void Past_the_most_iterations_the_next_is_refused_and_a_reset_makes_room()
    {
        var recorder = new AuditRecorder(number: 1, capacity: 10);
        for (var i = 0; i < AuditRecorder.MaxIterations; i++) recorder.BeginIteration(TimeSpan.FromTicks(i));
        Assert.Throws<AuditLimitException>(() => recorder.BeginIteration(TimeSpan.FromDays(1)));
        Assert.Equal(AuditRecorder.MaxIterations, recorder.Read(from: 0, to: int.MaxValue).Iterations.Length);
    }

    [Fact]
    public void Reports_past_their_total_size_are_refused_in_one_line_and_a_reset_makes_room()
    {
        var server = fixture.UseScenario("--latency 0");
        var report = new string('x', 16_000);
        var accepted = 0;
        var error = Assert.Throws<MockServerControlException>(() =>
        {
            for (; accepted < 1000; accepted++)
            {
                server.Control.BeginIteration();
                server.Control.EndIteration(report);
            }
        });

        Assert.Contains("the log holds at most 4194304 bytes of client reports; reset it first", error.Message, StringComparison.Ordinal);
        Assert.Equal(AuditRecorder.MaxReportBytes / report.Length, accepted);
        server.Control.ResetAudit();
        server.Control.BeginIteration();
        server.Control.EndIteration(report);
        Assert.Equal(report, Assert.Single(server.Control.ReadAudit().Iterations).ClientReport);
    }

    [Fact]
    public void A_report_that_is_too_long_is_refused()
    {
        var server = fixture.UseScenario("--latency 0");
        server.Control.BeginIteration();
        Assert.Throws<MockServerControlException>(() => server.Control.EndIteration(new string('x', 17_000)));
    }

    /// <remarks>A log that is no longer referenced is what a reset leaves to the garbage collector.</remarks>
    [Fact]
    public void A_reset_releases_the_log()
    {
        var state = new ServerState(new Scenario());
        var old = ResetTwice(state);
        GC.Collect();
        Assert.False(old.IsAlive);

        static WeakReference ResetTwice(ServerState state)
        {
            state.ResetAudit();
            var log = new WeakReference(state.Audit);
            state.ResetAudit();
            return log;
        }
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task A_server_keeps_no_log_until_it_is_asked_for_one()
    {
        using var server = InProcessServer.Start(IPAddress.Loopback);
        using var client = new MockServerClient(server.Address);
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
        var log = client.ReadAudit();
        Assert.Equal((0, 0, 1L), (log.Requests.Count, log.InFlight, log.Dropped));

        client.BeginIteration();
        await http.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
        Assert.Equal((0, 1, 0L), (client.ReadAudit().Requests[0].Iteration, client.ReadAudit().Requests.Count, client.ReadAudit().Dropped));
    }
}

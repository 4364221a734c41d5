using System.Diagnostics;
using System.Text.RegularExpressions;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed partial class RunLeaseTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public void While_a_run_holds_the_server_others_can_read_but_change_nothing()
    {
        var server = fixture.UseScenario("--latency 1");
        using var runner = new MockServerClient(server.Address);
        using var lease = runner.AcquireRun();

        Action[] changes =
        [
            () => server.Control.SetScenario(new Scenario()),
            server.Control.ResetAudit,
            server.Control.StopAudit,
            server.Control.BeginIteration,
            () => server.Control.EndIteration(),
            () => server.Control.AcquireRun().Dispose(),
        ];
        Assert.All(changes, change => Assert.Matches(InUse(), Assert.Throws<MockServerControlException>(change).Message));
        Assert.Equal(TimeSpan.FromMilliseconds(1), server.Control.GetScenario().Latency);
        Assert.Empty(server.Control.ReadAudit().Iterations);
        server.Control.GetEndpoints();
    }

    [Fact]
    public void The_run_and_its_child_processes_change_the_server_by_the_token()
    {
        var server = fixture.UseScenario("--latency 1");
        using var runner = new MockServerClient(server.Address);
        using var lease = runner.AcquireRun();
        using var child = new MockServerClient(server.Address, lease.Token);
        runner.ResetAudit();
        child.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(2) });
        child.BeginIteration();
        child.EndIteration("report");
        Assert.Equal("report", Assert.Single(runner.ReadAudit().Iterations).ClientReport);
    }

    [Fact]
    public void A_released_server_is_free_at_once_and_refuses_the_old_token()
    {
        var server = fixture.UseScenario("--latency 1");
        using var runner = new MockServerClient(server.Address);
        string old;
        using (var lease = runner.AcquireRun()) old = lease.Token;
        using var orphan = new MockServerClient(server.Address, old);
        var error = Assert.Throws<MockServerControlException>(orphan.ResetAudit).Message;
        Assert.EndsWith(": the run of this token has ended", error, StringComparison.Ordinal);

        using var next = server.Control.AcquireRun();
        Assert.NotEqual(old, next.Token);
        Assert.Matches(InUse(), Assert.Throws<MockServerControlException>(orphan.ResetAudit).Message);
        server.Control.ResetAudit();
    }

    [Fact]
    public async Task A_killed_holder_leaves_the_server_free()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The holder is bash with its /dev/tcp.");
        var server = fixture.UseScenario("--latency 1");
        const string Request = @"POST /_control/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        var script = $"exec 3<>/dev/tcp/127.0.0.1/{server.Address.Port}; printf '{Request}' >&3; cat <&3";
        using var holder = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        Assert.Equal("HTTP/1.1 200 OK", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Throws<MockServerControlException>(server.Control.ResetAudit);

        holder.Kill(entireProcessTree: true);
        await Eventually.Is(true, () => CanReset(server.Control));
    }

    [Fact]
    public async Task After_a_run_its_log_can_be_read_and_does_not_grow()
    {
        var server = fixture.UseScenario("--latency 0");
        using (server.Control.AcquireRun()) await server.SendRequests("/dice", 3);
        await server.SendRequests("/dice", 5);
        var log = server.Control.ReadAudit();
        Assert.Equal((3, 5L), (log.Requests.Count, log.Dropped));
    }

    private static bool CanReset(MockServerClient client)
    {
        try
        {
            client.ResetAudit();
            return true;
        }
        catch (MockServerControlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^http://127\.0\.0\.1:\d+/: the server is in use by another run \(since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)$")]
    private static partial Regex InUse();
}

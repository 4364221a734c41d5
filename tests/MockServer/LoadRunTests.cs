using System.Text.RegularExpressions;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

/// <summary>How several clients join one run at the server.</summary>
public sealed partial class LoadRunTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_are_numbered_in_their_order_and_released_when_the_last_has_joined()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        var first = run.Join(PlanOf(3));
        var second = run.Join(PlanOf(3));
        var releases = new[] { first, second }.Select(client => client.WaitForReleaseAsync(Ending)).ToArray();
        Assert.Equal(LoadRunState.Joining, server.Control.GetLoadRun()!.State);
        Assert.DoesNotContain(releases, release => release.IsCompleted);

        var third = run.Join(PlanOf(3));
        await Task.WhenAll([.. releases, third.WaitForReleaseAsync(Ending)]);

        Assert.Equal([0, 1, 2], new[] { first, second, third }.Select(client => client.Number));
        var seen = server.Control.GetLoadRun()!;
        Assert.Equal(LoadRunState.Running, seen.State);
        Assert.All(seen.Clients, client => Assert.True(client.Joined <= seen.Released && client.IsOnServerMachine));
    }

    [Fact]
    public async Task A_request_is_logged_with_the_number_of_its_client_and_only_an_exact_mark_counts()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        JoinedClient[] clients = [run.Join(PlanOf(2)), run.Join(PlanOf(2))];
        await Task.WhenAll(clients.Select(client => client.WaitForReleaseAsync(Ending)));

        string?[] marks = [clients[1].Header.Value, clients[0].Header.Value, null, "1", clients[1].Header.Value + "0"];
        foreach (var mark in marks)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/dice");
            if (mark is not null) request.Headers.Add(clients[0].Header.Key, mark);
            using var response = await server.Http.SendAsync(request, Ending);
        }

        foreach (var client in clients) client.End("{}");
        Assert.Equal([1, 0, -1, -1, -1], server.ReadRequests().Select(request => request.Client));
    }

    [Fact]
    public async Task Missing_clients_are_named_to_those_that_have_joined_and_the_server_is_free_again()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        JoinedClient[] clients = [run.Join(PlanOf(4), joinSeconds: 1), run.Join(PlanOf(4), joinSeconds: 1)];

        foreach (var client in clients)
        {
            var error = await Assert.ThrowsAsync<MockServerControlException>(() => client.WaitForReleaseAsync(Ending));
            Assert.Matches(MissingClients(), error.Message);
        }

        Assert.Equal(LoadRunState.Failed, server.Control.GetLoadRun()!.State);
        using var lease = server.Control.AcquireRun();
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_release_ends_the_run_for_all()
    {
        using var run = new JoinedClients(fixture.UseScenario("--latency 0").Address);
        var stays = run.Join(PlanOf(3));
        run.Join(PlanOf(3)).Dispose();
        var error = await Assert.ThrowsAsync<MockServerControlException>(() => stays.WaitForReleaseAsync(Ending));
        Assert.Matches(LeftEarly(), error.Message);
    }

    [Fact]
    public async Task One_client_too_many_is_refused_until_the_audit_has_closed_the_run()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        var only = run.Join(PlanOf(1));
        await only.WaitForReleaseAsync(Ending);
        AssertRefused("all 1 clients of the run have joined already: this one is one too many, or too late", () => run.Join(PlanOf(1)));
        AssertRefused("the run of several clients is not over", () => server.Control.CloseLoadRun());

        only.End("{}");
        AssertRefused("its audit has not read it yet", () => run.Join(PlanOf(1)));
        AssertRefused("in use by another run", server.Control.ResetAudit);
        AssertRefused("another run of several clients has taken the place", () => server.Control.CloseLoadRun("another"));
        var ended = server.Control.GetLoadRun()!;
        Assert.True(ended.EndedAgo >= TimeSpan.Zero);
        server.Control.CloseLoadRun(ended.Id);
        Assert.Null(server.Control.GetLoadRun());
        Assert.Equal(0, run.Join(PlanOf(1)).Number);
    }

    [Fact]
    public void A_client_with_another_plan_or_beside_another_run_is_refused()
    {
        var server = fixture.UseScenario("--latency 0");
        using (var lease = server.Control.AcquireRun())
        {
            using var alone = new JoinedClients(server.Address);
            AssertRefused("in use by another run", () => alone.Join(PlanOf(2)));
        }

        using var run = new JoinedClients(server.Address);
        run.Join(PlanOf(2));
        AssertRefused("--workers 2 --downloads 12", () => run.Join(PlanOf(2) with { Workers = 3 }));
        LoadPlan[] impossible =
        [
            PlanOf(2) with { Downloads = 1 },
            PlanOf(2) with { Workers = 10_001 },
            PlanOf(2) with { Retries = 101 },
            PlanOf(2) with { Downloads = int.MaxValue },
            PlanOf(2) with { Downloads = RequestLog.MaxRequests, Retries = 1 },
            PlanOf(2) with { Strategy = "Worker\nLoops" },
        ];
        foreach (var plan in impossible) AssertRefused("no run of several clients can be so", () => run.Join(plan));
    }

    [Fact]
    public void What_a_client_says_of_its_machine_stays_within_its_line()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        run.Join(PlanOf(2), new ClientMachine("a\n#StartJobStatistics", "b\u001b", 2));
        Assert.Equal(new ClientMachine("a #StartJobStatistics", "b", 2), server.Control.GetLoadRun()!.Clients[0].Machine);
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task A_client_at_work_notices_that_the_server_is_lost()
    {
        using var server = MockServerFixture.Start("--latency", "0");
        using var control = new MockServerClient(server.Address);
        using var client = control.Join(new JoinRequest(PlanOf(1), ClientMachine.Current, JoinSeconds: 600));
        await client.WaitForReleaseAsync(Ending);
        var loss = client.WaitForLossAsync(Ending);
        Assert.False(loss.IsCompleted);

        server.Dispose();
        var error = await Assert.ThrowsAsync<MockServerControlException>(() => loss);
        Assert.Contains("the connection to the server was lost before this client had ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_whose_connection_ends_is_lost_and_the_run_ends_with_the_others()
    {
        var server = fixture.UseScenario("--latency 0");
        using var run = new JoinedClients(server.Address);
        JoinedClient[] clients = [run.Join(PlanOf(2)), run.Join(PlanOf(2))];
        await Task.WhenAll(clients.Select(client => client.WaitForReleaseAsync(Ending)));
        clients[0].Dispose();
        await Eventually.Is(LoadClientState.Lost, () => server.Control.GetLoadRun()!.Clients[0].State);
        Assert.Equal(LoadRunState.Running, server.Control.GetLoadRun()!.State);

        clients[1].End("claim");
        var seen = server.Control.GetLoadRun()!;
        Assert.Equal((LoadRunState.Ended, "claim"), (seen.State, seen.Clients[1].Claim));
        AssertRefused("no client of this mark is at work", () => clients[0].End("claim"));
    }

    private static LoadPlan PlanOf(int clients) => new(clients, Workers: 2, Downloads: 12, "WorkerLoops", Retries: 0);

    private static void AssertRefused(string reason, Action action)
    {
        var message = Assert.Throws<MockServerControlException>(action).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [GeneratedRegex(@": 2 of 4 clients joined within 1 s: missing 2, 3; joined client 0 \(.+, 127\.0\.0\.1:\d+\), client 1 \(.+:\d+\)$")]
    private static partial Regex MissingClients();

    [GeneratedRegex(@": client 1 \(.+, 127\.0\.0\.1:\d+\) left before all had joined$")]
    private static partial Regex LeftEarly();
}

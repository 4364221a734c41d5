using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>Honest and lying clients against the real server: each lie is found, and named once.</summary>
public sealed class LoadRunAuditorTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    private static readonly LoadPlan Plan = new(Clients: 3, Workers: 2, Downloads: 30, "WorkerLoops", Retries: 0);
    private static readonly PlantedClient Honest = new();

    [Fact]
    public async Task Honest_clients_pass()
    {
        var (findings, _) = await Audit(Honest, Honest, Honest);
        Assert.True(findings.IsClean, Show(findings));
    }

    [Fact]
    public async Task A_share_of_another_client_is_found()
    {
        // As many downloads of the same pages in total: the second and the third client have swapped one item.
        var second = new PlantedClient { Takes = index => (index % 3 == 1 && index != 1) || index == 2 };
        var third = new PlantedClient { Takes = index => (index % 3 == 2 && index != 2) || index == 1 };
        var (findings, _) = await Audit(Honest, second, third);
        AssertNamed(1, "expected 5 requests for Jython, the server saw 6", findings);
        AssertNamed(2, "expected 5 requests for Jython, the server saw 4", findings);
        Assert.Empty(findings.Clients[0]);
        Assert.Empty(findings.Whole);
    }

    [Fact]
    public async Task More_or_fewer_downloads_than_the_share_are_found()
    {
        var one = new PlantedClient { Takes = index => index % 3 == 0 || index == 1 };
        var two = new PlantedClient { Takes = index => index % 3 == 1 && index != 4 };
        var (findings, _) = await Audit(one, two, Honest);
        AssertNamed(0, "expected 10 requests, the server saw 11", findings);
        AssertNamed(1, "expected 10 requests, the server saw 9", findings);
    }

    [Fact]
    public async Task More_in_flight_than_its_workers_are_found_of_one_client_though_the_others_leave_room()
    {
        var narrow = new PlantedClient { InFlight = 1 };
        var (findings, _) = await Audit(narrow, new PlantedClient { InFlight = 4 }, narrow);
        AssertNamed(1, "expected at most 2 in flight, the server saw", findings);
        Assert.Empty(findings.Clients[0]);
    }

    [Fact]
    public async Task A_claim_that_is_not_what_the_server_served_is_found()
    {
        var moreBytes = new PlantedClient { Claims = claim => claim with { BytesRead = claim.BytesRead + 1 } };
        var moreDownloads = new PlantedClient { Claims = claim => claim with { Succeeded = claim.Succeeded + 1 } };
        var (findings, _) = await Audit(moreBytes, Honest, moreDownloads);
        AssertNamed(0, "bytes, the server sent", findings);
        AssertNamed(2, "the client reported 11 downloads, the server served 10", findings);
        Assert.Empty(findings.Clients[1]);
    }

    [Fact]
    public async Task A_client_that_begins_when_another_has_ended_is_late()
    {
        var control = fixture.Control;
        var late = new PlantedClient
        {
            Waits = () => Eventually.Is(2, () => control.GetLoadRun()!.Clients.Count(client => client.State == LoadClientState.Ended)),
        };
        var (findings, _) = await Audit(Honest, Honest, late);
        AssertNamed(2, "it was late: its first request came", findings);
        Assert.Empty(findings.Clients[0]);
        Assert.Empty(findings.Clients[1]);
    }

    [Fact]
    public async Task Requests_without_a_mark_are_found()
    {
        var (findings, _) = await Audit(Honest, new PlantedClient { IsUnmarked = true }, Honest);
        Assert.Contains("10 without the mark of one", Assert.Single(findings.Whole), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_has_not_ended_when_the_audit_gives_up_waiting_is_found()
    {
        var judged = new TaskCompletionSource();
        var control = fixture.UseScenario("--latency 20").Control;
        var auditing = Audit(Honest, Honest, new PlantedClient { Waits = () => judged.Task });
        await Eventually.Is(2, () => control.GetLoadRun()?.Clients.Count(client => client.State == LoadClientState.Ended) ?? 0);
        var run = control.GetLoadRun()!;
        var findings = LoadRunAuditor.Check(LoadRunExpectationFactory.Create(Plan, control.GetScenario(), Plan), run, control.ReadAudit());
        judged.SetResult();
        await auditing;

        AssertNamed(2, "it has not ended, after 0 requests", findings);
        Assert.Empty(findings.Whole);
    }

    [Fact]
    public async Task Clients_that_joined_with_another_plan_than_the_audit_s_are_found()
    {
        var (_, run) = await Audit(Honest, Honest, Honest);
        var expected = LoadRunExpectationFactory.Create(run.Plan, new Scenario(), Plan with { Workers = 64 });
        var findings = LoadRunAuditor.Check(expected, run, new RequestLog([], [], 0, 0));
        Assert.Contains("expected --clients 3 --workers 64", Assert.Single(findings.Whole), StringComparison.Ordinal);
    }

    private static void AssertNamed(int client, string finding, LoadRunFindings findings) =>
        Assert.True(findings.Clients[client].Any(one => one.Contains(finding, StringComparison.Ordinal)), Show(findings));

    private static string Show(LoadRunFindings findings) =>
        string.Join('\n', findings.Whole.Concat(findings.Clients.SelectMany(one => one)));

    private async Task<(LoadRunFindings Findings, LoadRun Run)> Audit(params PlantedClient[] clients)
    {
        var server = fixture.UseScenario("--latency 20");
        using var joined = new JoinedClients(server.Address);
        var wholeCase = LoadRunExpectationFactory.CreateCase(Plan, server.Control.GetScenario());
        // Joined first: a client waits for the others.
        var places = clients.Select(client => (Client: client, Place: joined.Join(Plan))).ToList();
        await Task.WhenAll(places.Select(one => one.Client.RunAsync(one.Place, server.Address, wholeCase, Plan)));
        var run = server.Control.GetLoadRun()!;
        var expected = LoadRunExpectationFactory.Create(Plan, wholeCase.Scenario, Plan);
        return (LoadRunAuditor.Check(expected, run, server.Control.ReadAudit()), run);
    }
}

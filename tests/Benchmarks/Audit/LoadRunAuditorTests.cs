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
        var findings = LoadRunAuditor.Check(LoadRunExpectationFactory.Create(Plan, control.GetScenario()), run, control.ReadAudit());
        judged.SetResult();
        await auditing;

        AssertNamed(2, "it has not ended, after 0 requests", findings);
        Assert.Empty(findings.Whole);
    }

    [Fact]
    public async Task Absurd_figures_of_a_claim_are_a_finding_that_names_the_client_and_end_nothing()
    {
        var (findings, run, log) = await RunAll(
            new PlantedClient { Claims = claim => claim with { Succeeded = int.MaxValue } },
            new PlantedClient { Claims = claim => claim with { BytesRead = long.MaxValue, AllocatedBytes = -1 } },
            new PlantedClient { Claims = claim => claim with { CpuMilliseconds = 1e308 } });
        for (var client = 0; client < 3; client++) AssertNamed(client, "its claim is invalid", findings);

        var expected = LoadRunExpectationFactory.Create(Plan, new Scenario());
        var cases = LoadRunResultBuilder.BuildCases(
            LoadRunExpectationFactory.CreateCase(Plan, new Scenario()), expected, run, log, findings);
        Assert.Equal([3, 1, 1, 1], cases.Select(one => one.AuditFindings.Count));
        var infinite = run.Clients[0] with { Claim = run.Clients[2].Claim!.Replace("1E+308", "1E+999", StringComparison.Ordinal) };
        Assert.Null(LoadClaims.Read(infinite, expected.Whole));
    }

    [Fact]
    public async Task The_reasons_of_a_client_stay_within_their_line()
    {
        Dictionary<string, int> reasons = Enumerable.Range(0, 7).ToDictionary(number => $"{number}\n#StartJobStatistics\u001b[2J", _ => 1);
        var failing = new PlantedClient { Claims = claim => claim with { Succeeded = 3, Failed = 7, Failures = reasons } };
        var (findings, _) = await Audit(failing, Honest, Honest);
        AssertNamed(0, "7 of its downloads failed: 1 of 0 #StartJobStatistics", findings);
        Assert.All(findings.Clients[0], finding => Assert.DoesNotContain(finding, char.IsControl));
    }

    [Fact]
    public async Task Requests_after_the_end_are_a_note_and_a_full_log_is_a_finding()
    {
        var (_, run, log) = await RunAll(Honest, Honest, Honest);
        var expected = LoadRunExpectationFactory.Create(Plan, new Scenario { Latency = TimeSpan.FromMilliseconds(50) });
        var strays = LoadRunAuditor.Check(expected, run, log with { Dropped = 2 });
        Assert.True(strays.IsClean, Show(strays));
        Assert.Contains("2 requests arrived that are not judged", Assert.Single(strays.Notes), StringComparison.Ordinal);

        var full = LoadRunAuditor.Check(expected, run, log with { InFlight = RequestLog.MaxRequests, Dropped = 2 });
        Assert.Contains(full.Whole, finding => finding.Contains("is full with 4194304; it had no room for 2", StringComparison.Ordinal));
        Assert.Empty(full.Notes);
    }

    [Fact]
    public async Task Too_short_a_time_of_all_clients_together_is_found()
    {
        var (_, run, log) = await RunAll(Honest, Honest, Honest);
        var together = LoadOverlap.Of(run, log)!;
        Assert.InRange(together.Share, LoadOverlap.MinShare, 1);
        Assert.Null(together.Check());

        var later = 0.7 * together.Makespan;
        RequestRecord[] shifted = [.. log.Requests.Select(request => request.Client != 2 ? request
            : request with { Arrived = request.Arrived + later, AnswerBegan = request.AnswerBegan + later })];
        var apart = LoadOverlap.Of(run, log with { Requests = shifted })!;
        Assert.InRange(apart.Share, 0, 0.3);
        Assert.Contains("for half of the makespan or more", apart.Check(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(3, 100)]
    [InlineData(6, 6)]
    public void A_share_has_the_pages_of_its_items(int clients, int downloads)
    {
        var scenario = new Scenario { Pages = ScenarioPages.Parse("/a=1,/b=2,/c=3,/d=4") };
        var plan = new LoadPlan(clients, 2, downloads, "WorkerLoops", 0);
        var pages = LoadRunExpectationFactory.CreateCase(plan, scenario).Pages;
        foreach (var (client, share) in LoadRunExpectationFactory.Create(plan, scenario).Shares.Index())
        {
            var items = Enumerable.Range(0, downloads).Where(item => item % clients == client);
            var counts = items.CountBy(item => pages[item % pages.Count]);
            Assert.Equal(counts.OrderBy(page => page.Key), share.DownloadsByPage.OrderBy(page => page.Key));
        }
    }

    [Fact]
    public void A_client_that_downloads_one_after_the_other_has_one_worker()
    {
        var expected = LoadRunExpectationFactory.Create(Plan with { Strategy = "Sequential", Workers = 16 }, new Scenario());
        Assert.Equal([1, 1, 1, 3], expected.Shares.Append(expected.Whole).Select(one => one.MaxInFlight));
    }

    [Fact]
    public async Task Clients_that_joined_with_another_plan_than_the_audit_s_are_found()
    {
        var (_, run) = await Audit(Honest, Honest, Honest);
        var expected = LoadRunExpectationFactory.Create(Plan with { Workers = 64 }, new Scenario());
        var findings = LoadRunAuditor.Check(expected, run, new RequestLog([], [], 0, 0));
        Assert.Contains("expected --clients 3 --workers 64", Assert.Single(findings.Whole), StringComparison.Ordinal);
    }

    private static void AssertNamed(int client, string finding, LoadRunFindings findings) =>
        Assert.True(findings.Clients[client].Any(one => one.Contains(finding, StringComparison.Ordinal)), Show(findings));

    private static string Show(LoadRunFindings findings) =>
        string.Join('\n', findings.Whole.Concat(findings.Clients.SelectMany(one => one)));

    private async Task<(LoadRunFindings Findings, LoadRun Run)> Audit(params PlantedClient[] clients)
    {
        var (findings, run, _) = await RunAll(clients);
        return (findings, run);
    }

    private async Task<(LoadRunFindings Findings, LoadRun Run, RequestLog Log)> RunAll(params PlantedClient[] clients)
    {
        var server = fixture.UseScenario("--latency 50");
        using var joined = new JoinedClients(server.Address);
        var wholeCase = LoadRunExpectationFactory.CreateCase(Plan, server.Control.GetScenario());
        // Joined first: a client waits for the others.
        var places = clients.Select(client => (Client: client, Place: joined.Join(Plan))).ToList();
        await Task.WhenAll(places.Select(one => one.Client.RunAsync(one.Place, server.Address, wholeCase, Plan)));
        var run = server.Control.GetLoadRun()!;
        var expected = LoadRunExpectationFactory.Create(Plan, wholeCase.Scenario);
        var log = server.Control.ReadAudit();
        return (LoadRunAuditor.Check(expected, run, log), run, log);
    }
}

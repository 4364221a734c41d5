using System.Net;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using static Downloader.Tests.Benchmarks.Audit.PlantedLies;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>Strategies that keep to the contract and strategies that do not, run and audited against the real server as in a
/// benchmark.</summary>
public sealed class AuditAgainstTheServerTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const int Downloads = 20;
    private const int Workers = 3;
    private const int Iterations = 2;

    private static DownloadCase Case(string strategy = "WhenAll", int latency = 20) =>
        new(strategy, Workers, new Scenario { Latency = TimeSpan.FromMilliseconds(latency) }, Downloads);

    [Theory]
    [MemberData(nameof(StrategyData.NamesAndPolicies), MemberType = typeof(StrategyData))]
    public async Task An_honest_strategy_passes(string name, ClientPolicy policy)
    {
        var honest = Case(name, latency: 5) with { Clients = policy, Workers = name == "Sequential" ? null : Workers };

        Assert.Empty(await Audit(honest, honest.Strategy));
    }

    [Fact]
    public async Task A_skipped_download_is_found() => Assert.Equal(
        [
            "Iteration 1: expected 20 requests, the server saw 19.",
            "Iteration 1: expected 10 requests for Dice, the server saw 9.",
            "The same or similar in 2 of 2 iterations.",
        ],
        await Audit(Case(), new SkipsOne()));

    [Fact]
    public async Task A_skipped_download_that_is_claimed_all_the_same_is_found() => Assert.Contains(
        "Iteration 1: the client reported 20 downloads, the server served 19.",
        await Audit(Case(), new SkipsOne(), results => Report(succeeded: results.Count)));

    [Fact]
    public async Task A_download_made_twice_is_found() => Assert.Equal(
        [
            "Iteration 1: expected 20 requests, the server saw 21.",
            "Iteration 1: expected 10 requests for Dice, the server saw 11.",
            "Iteration 1: the client reported 20 downloads, the server served 21.",
            "Iteration 1: the client read 112420 bytes, the server sent 112696.",
            "The same or similar in 2 of 2 iterations.",
        ],
        await Audit(Case(), new FetchesOneTwice()));

    [Fact]
    public async Task Another_page_in_place_of_the_right_one_is_found() => Assert.Equal(
        [
            "Iteration 1: expected 10 requests for Jython, the server saw 11.",
            "Iteration 1: expected 10 requests for Dice, the server saw 9.",
        ],
        (await Audit(Case(), new FetchesAnother())).Take(2));

    [Theory]
    [InlineData(ClientPolicy.Shared)]
    [InlineData(ClientPolicy.PerWorker)]
    [InlineData(ClientPolicy.Factory)]
    public async Task More_in_flight_than_workers_is_found_and_so_are_its_connections(ClientPolicy policy)
    {
        var findings = await Audit(Case() with { Clients = policy }, new ExceedsItsWorkers());

        Assert.Contains("Iteration 1: expected at most 3 in flight, the server saw 4.", findings);
        Assert.Contains("Iteration 1: expected at most 3 connections, the server saw 4.", findings);
    }

    [Fact]
    public async Task A_decision_that_the_strategy_does_not_keep_to_is_found()
    {
        var limits = new LimitLog();

        var findings = await Audit(Refused(downloads: 40), new IgnoresItsDecisions(limits), limits: limits);

        Assert.Contains(findings, finding => finding.Contains("as the client decided, the server saw ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_without_a_decision_is_found()
    {
        var limits = new LimitLog();

        var findings = await Audit(Refused(downloads: 40), Case("WorkerLoops").Strategy, limits: limits);

        Assert.Contains(findings, finding => finding.StartsWith("Iteration 1: expected a decision at each of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_strategy_that_decides_and_does_not_say_what_is_found() => Assert.Contains(
        "Iteration 1: expected a report of the limits that the strategy decided, the client reported none.",
        await Audit(Case("Adaptive"), Case("WorkerLoops").Strategy));

    /// <summary>A capacity that refuses, with latencies that let answers overtake requests on their way.</summary>
    [Theory]
    [InlineData("--latency 5 --capacity 16 --queue 0 --retry-after 0", ClientPolicy.Shared)]
    [InlineData("--latency 2 --latency-p99 40 --capacity 6 --queue 0 --retry-after 0", ClientPolicy.PerWorker)]
    [InlineData("--latency 2 --latency-p99 40 --capacity 10 --queue 4 --retry-after 0 --fault-share 0.1", ClientPolicy.Shared)]
    [InlineData("--latency 2 --capacity 8 --queue 0 --retry-after 0 --fault-share 0.1 --faults empty,reset", ClientPolicy.Shared)]
    public async Task Adaptive_keeps_to_what_it_decides_where_the_server_refuses(string scenario, ClientPolicy clients)
    {
        var refused = Refused(downloads: 300) with { Workers = 64, Clients = clients, Scenario = Parse(scenario), MaxRetries = 30 };
        var limits = new LimitLog();

        Assert.Empty(await Audit(refused, new AdaptiveStrategy(limits), limits: limits));
        Assert.True(limits.Refusals > 0, "The server has refused nothing.");
        Assert.NotEmpty(limits.Changes);
    }

    [Fact]
    public async Task Work_that_goes_on_after_the_strategy_returned_is_found()
    {
        var findings = await Audit(Case(latency: 100), new FiresAndForgets(), settles: true);

        Assert.Contains(findings, StartsWith("Expected no request outside of an iteration, the server saw "));
        Assert.Contains(findings, StartsWith("Iteration 1: expected 20 requests, the server saw "));

        static Predicate<string> StartsWith(string text) => finding => finding.StartsWith(text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_download_still_served_when_the_strategy_returns_is_found() => Assert.Contains(
        "Iteration 1: expected all work done at the end, 1 requests were still being served: the strategy returned too early.",
        await Audit(
            Case(latency: 500) with { Workers = Downloads },
            new ForgetsTheLast(server.Control),
            results => Report(results.Count),
            settles: true));

    [Fact]
    public async Task More_claimed_than_served_is_found()
    {
        var faulty = Case() with { Scenario = Faulty(FaultKinds.CutShort | FaultKinds.ServerError) };

        Assert.Empty(await Audit(faulty, faulty.Strategy));
        Assert.Contains(
            "Iteration 1: the client reported 20 downloads, the server served 15.",
            await Audit(faulty, faulty.Strategy, results => Report(succeeded: results.Count)));
    }

    [Fact]
    public async Task Less_claimed_than_served_is_found() => Assert.Contains(
        "Iteration 1: the client reported 12 downloads, the server served 20.",
        await Audit(Case(), Case().Strategy, _ => Report(12, new Dictionary<string, int> { ["Timed out"] = 8 })));

    [Fact]
    public async Task The_handler_s_own_second_try_after_an_empty_answer_is_in_order()
    {
        var faulty = Case() with { Scenario = Faulty(FaultKinds.Empty) };

        Assert.Empty(await Audit(faulty, faulty.Strategy));
        Assert.True(server.Control.ReadAudit().Requests.Count > Iterations * Downloads, "No request was sent again.");
    }

    [Fact]
    public async Task Each_reset_is_one_failed_download()
    {
        var faulty = Case() with { Scenario = Faulty(FaultKinds.Reset) };

        Assert.Empty(await Audit(faulty, faulty.Strategy));
        var log = server.Control.ReadAudit();
        Assert.Equal(Iterations * Downloads, log.Requests.Count);
        Assert.All(log.Iterations, mark => Assert.Equal(Downloads / 4, ClientIterationReport.FromJson(mark.ClientReport)!.Failed));
    }

    [Fact]
    public async Task A_claim_that_leaves_downloads_out_is_found() => Assert.Contains(
        "Iteration 1: expected a report of 20 downloads, the client reported 12.",
        await Audit(Case(), Case().Strategy, _ => Report(succeeded: 12)));

    [Fact]
    public async Task Retries_of_downloads_that_met_a_fault_are_in_order_and_unannounced_ones_are_not()
    {
        var faulty = new Scenario { Latency = TimeSpan.FromMilliseconds(5), FaultShare = 0.2 };
        var retried = Case() with { MaxRetries = 8, Scenario = faulty };

        var findings = await Audit(retried, retried.Strategy);
        var log = server.Control.ReadAudit();

        Assert.Empty(findings);
        Assert.True(log.Requests.Count > Iterations * Downloads, $"No retries: {log.Requests.Count} requests.");
        Assert.All(log.Iterations, mark => Assert.Equal(Downloads, ClientIterationReport.FromJson(mark.ClientReport)!.Succeeded));
        Assert.NotEmpty(Auditor.Check(ExpectationFactory.Create(retried with { MaxRetries = 0 }), log));
    }

    [Fact]
    public async Task A_session_where_there_must_be_none_is_found() => Assert.Contains(
        "Iteration 1: expected a connection for each of 20 requests, the server saw 1.",
        await Audit(
            Case("Sequential") with { Workers = null, Clients = ClientPolicy.New },
            Case("Sequential").Strategy,
            clients: ClientPolicy.Shared));

    [Fact]
    public async Task A_new_connection_for_each_download_where_there_must_be_a_session_is_found() => Assert.Contains(
        "Iteration 1: expected at most 3 connections, the server saw 20.",
        await Audit(Case(), Case().Strategy, clients: ClientPolicy.New));

    [Fact]
    public async Task Another_protocol_than_the_case_names_is_found() => Assert.Contains(
        "Iteration 1: expected Http2, 20 requests used another protocol.",
        await Audit(Case() with { Scenario = Case().Scenario with { Protocol = WireProtocol.Http2 } }, Case().Strategy));

    [Fact]
    public async Task Bodies_that_were_not_read_are_found()
    {
        using var source = new SkipsBodies();

        var findings = await Audit(Case(), Case().Strategy, source: source);

        Assert.Contains("Iteration 1: the client read 0 bytes, the server sent 112420.", findings);
    }

    [Fact]
    public async Task One_retry_too_many_is_found()
    {
        var retried = Case(latency: 500) with { Workers = Downloads, MaxRetries = 8 };

        Assert.Equal(
            [
                "Iteration 1: expected 20 requests, the server saw 21.",
                "Iteration 1: expected 10 requests for Dice, the server saw 11.",
                "The same or similar in 2 of 2 iterations.",
            ],
            await Audit(retried, new RetriesOnceTooMany(server.Control, server.Dice)));
    }

    [Theory]
    [InlineData(ClientPolicy.Shared, true)]
    [InlineData(ClientPolicy.PerWorker, false)]
    public async Task Over_HTTP2_one_connection_is_expected_of_a_shared_client(ClientPolicy actual, bool passes)
    {
        var declared = Case() with { Scenario = Case().Scenario with { Protocol = WireProtocol.Http2 } };
        var options = new DownloaderOptions { HttpVersion = HttpVersion.Version20, ConfigureHandler = handler => handler.UseProxy = false };
        IClientSource source = actual == ClientPolicy.Shared ? new SharedClientSource(options) : new PerWorkerClientSource(options);
        using var _ = source as IDisposable;

        var findings = await Audit(declared, declared.Strategy, source: source);

        Assert.Equal(passes ? [] : ["Iteration 1: expected at most 1 connections, the server saw 3."], findings.Take(1));
    }

    [Fact]
    public async Task The_pages_that_the_scenario_lists_are_counted_each_with_its_bytes()
    {
        var scenario = ScenarioOptions.Parse(["--latency", "5", "--pages", "/a=500,/b?c=1=0,/d=7"], new Scenario());
        var listed = new DownloadCase("WhenAll", Workers, scenario, Downloads);

        Assert.Empty(await Audit(listed, listed.Strategy));
        Assert.Equal(
            [("/a", 500, 7), ("/b?c=1", 0, 7), ("/d", 7, 6)],
            server.ReadRequests().Where(request => request.Iteration == 0).GroupBy(request => (request.Page, request.BodyBytes))
                .OrderBy(page => page.Key).Select(page => (listed.Scenario.GetPath(page.Key.Page), page.Key.BodyBytes, page.Count())));
        Assert.Equal(
            [
                "Iteration 1: expected 7 requests for /a, the server saw 8.",
                "Iteration 1: expected 6 requests for /d, the server saw 5.",
            ],
            (await Audit(listed, new FetchesAnotherPage())).Take(2));
    }

    [Theory]
    [InlineData("--latency 40", "Iteration 1: expected latencies between 1 ms and 30 ms, the server drew 20 others, from 40 ms to 40 ms.")]
    [InlineData("--latency 1", "Iteration 1: expected 25 % of the latencies up to 2 ms, the server drew 100 %.")]
    public async Task A_server_that_draws_other_latencies_than_those_of_the_table_is_found(string actual, string finding)
    {
        var declared = Case() with { Scenario = ScenarioOptions.Parse(["--latency-quantiles", "1,2,3,8,30"], new Scenario()) };

        Assert.Empty(await Audit(declared, declared.Strategy));
        Assert.Contains(
            finding, await Audit(declared, declared.Strategy, scenario: ScenarioOptions.Parse(actual.Split(' '), new Scenario())));
    }

    [Theory]
    [InlineData("--latency 0 --rate-limit 10 --rate-burst 5", "--latency 0 --rate-limit 10 --rate-burst 12", "12.")]
    [InlineData("--latency 0 --rate-limit 10 --rate-burst 5", "--latency 0", "20.")]
    [InlineData("--latency 0 --rate-limit 10", "--latency 0", "11.")]
    public async Task A_server_that_accepts_more_than_its_rate_is_found(string declaredOptions, string actual, string accepted)
    {
        var declared = Case() with { Scenario = ScenarioOptions.Parse(declaredOptions.Split(' '), new Scenario()) };

        Assert.Empty(await Audit(declared, declared.Strategy));
        var findings = await Audit(
            declared, declared.Strategy, scenario: ScenarioOptions.Parse(actual.Split(' '), new Scenario()));
        Assert.Matches(
            $"^Iteration 1: expected at most [0-9.]+ requests accepted in [0-9.]+ ms, the server accepted {accepted}$", findings[0]);
    }

    [Fact]
    public async Task A_page_of_another_size_than_the_scenario_s_is_found() => Assert.Contains(
        "Iteration 1: expected 500 bytes of /a each time, the server sent others 20 times, at first 499.",
        await Audit(
            new DownloadCase("WhenAll", Workers, ScenarioOptions.Parse(["--latency", "1", "--pages", "/a=500"], new Scenario()), Downloads),
            Case().Strategy,
            scenario: ScenarioOptions.Parse(["--latency", "1", "--pages", "/a=499"], new Scenario())));

    /// <summary>Twice as many workers as the server serves at once.</summary>
    private static DownloadCase Refused(int downloads) =>
        new("Adaptive", 8, Parse("--latency 20 --capacity 4 --queue 0 --retry-after 0"), downloads) { MaxRetries = 30 };

    private static Scenario Parse(string options) => ScenarioOptions.Parse(options.Split(' '), new Scenario());

    private static Scenario Faulty(FaultKinds kinds) => new() { Latency = TimeSpan.FromMilliseconds(5), FaultShare = 0.25, Faults = kinds };

    /// <summary>Runs a strategy in place of the one that the case declares, under its scenario or another, and audits it as that
    /// case.</summary>
    private async Task<IReadOnlyList<string>> Audit(
        DownloadCase declared,
        DownloadStrategy strategy,
        Func<IReadOnlyList<DownloadResult>, ClientIterationReport>? report = null,
        ClientPolicy? clients = null,
        IClientSource? source = null,
        bool settles = false,
        Scenario? scenario = null,
        LimitLog? limits = null)
    {
        if (limits is null && strategy is AdaptiveStrategy)
        {
            limits = new LimitLog();
            strategy = new AdaptiveStrategy(limits);
        }

        var retries = new DownloadResilienceOptions
        {
            MaxRetryAttempts = Math.Max(8, declared.MaxRetries),
            Delay = TimeSpan.FromMilliseconds(2),
        };
        var resilience = declared.MaxRetries > 0 ? DownloadResilience.Create(retries) : null;
        using var ownSource = new ClientSourceScope(clients ?? declared.Clients, resilience);
        var protocol = source is null ? WireProtocol.Http1 : declared.Scenario.Protocol;
        var uris = DownloadList.Create(server.Endpoints.For(protocol), declared);
        var request = new DownloadRequest(uris, declared.Workers ?? 1, source ?? ownSource.Source);
        server.Control.SetScenario(scenario ?? declared.Scenario);
        server.Control.ResetAudit();
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            server.Control.BeginIteration();
            var results = await strategy.RunAsync(request, TestContext.Current.CancellationToken);
            server.Control.EndIteration(((report ?? HonestReport)(results) with { Decisions = CreateDecisions(limits) }).ToJson());
            // Wait for requests that the strategy did not wait for, where a test asserts how they ended.
            if (settles) await Eventually.Is(declared.Downloads * (iteration + 1), () => server.Control.ReadAudit().Requests.Count);
        }

        var log = server.Control.ReadAudit();
        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        return Auditor.Check(ExpectationFactory.Create(declared), log);
    }

    private static InFlightDecisions? CreateDecisions(LimitLog? limits) => limits is null
        ? null
        : new(limits.Started, limits.Refusals, [.. limits.Changes.Select(one => new InFlightLimit(one.Started, one.Limit))]);

    private static ClientIterationReport HonestReport(IReadOnlyList<DownloadResult> results) => Report(
        results.Count(result => result.Succeeded),
        results.Where(result => !result.Succeeded).CountBy(result => result.Failure!.Message).ToDictionary(),
        results.Where(result => result.Succeeded).Sum(result => result.BytesRead));

    private static ClientIterationReport Report(int succeeded, IReadOnlyDictionary<string, int>? failures = null, long bytes = 0) =>
        new(succeeded, bytes, failures?.Values.Sum() ?? 0, failures ?? new Dictionary<string, int>(), 0, 0, 0);
}

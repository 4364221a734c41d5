using Downloader.Benchmarks.Results;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Real clients, the real server and the real audit, each a process of its own; where possible each client has a network of its
/// own.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ManyClientsTests(RemoteServer remote) : IClassFixture<RemoteServer>
{
    /// <summary>Each client takes two seconds: on a busy machine too, all are at work together.</summary>
    private static readonly string[] Work = ["--clients", "3", "--workers", "4", "--downloads", "240"];

    [Fact]
    public void Three_clients_download_one_list_and_the_audit_passes()
    {
        using var networks = new ClientNetworks(3);
        var server = remote.UseScenario("--latency 100");
        using var audit = StartAudit(server, Work);
        using var clients = StartClients(networks, server, Work);
        var ended = clients.WaitForExit();
        var judged = audit.WaitForExit();

        Assert.All(ended, AssertSucceeded);
        AssertSucceeded(judged);
        List<JobStatistics> statistics = [.. ended.Select(client => JobStatistics.Parse(client.Output))];
        Assert.Equal(240, JobStatistics.ReduceAll(statistics, "downloader/load/downloads"));
        var whole = JobStatistics.Parse(judged.Output).Values;
        Assert.Equal((1, 3, 1, 240), (whole["downloader/audit/passed"], whole["downloader/audit/clients"],
            whole["downloader/audit/machines"], whole["downloader/audit/served"]));
        Assert.InRange(whole["downloader/audit/peak"], 5, 12);
        Assert.InRange(whole["downloader/audit/ideal"], 2_000, whole["downloader/audit/makespan"]);
        AssertReport(audit, networks.AreSeparate);
    }

    [Fact]
    public async Task A_killed_client_is_named_and_nobody_hangs()
    {
        using var networks = new ClientNetworks(3);
        var server = remote.UseScenario("--latency 100");
        using var audit = StartAudit(server, Work);
        using var clients = StartClients(networks, server, Work);
        await Eventually.Is(true, () => server.Control.ReadAudit().Requests.Count > 20);
        clients.All[1].Signal("KILL");
        var ended = clients.WaitForExit();
        var judged = audit.WaitForExit();

        Assert.Equal([0, 137, 0], ended.Select(client => client.ExitCode));
        Assert.Equal(1, judged.ExitCode);
        Assert.Matches(@"^Client \d \(.+\): it was lost: its connection ended before it had reported, after \d+ requests\.$",
            Assert.Single(judged.Errors));
        Assert.Equal(0, JobStatistics.Parse(judged.Output).Values["downloader/audit/passed"]);
        Assert.Null(server.Control.GetLoadRun());
        Assert.All(clients.All, client => client.AssertNoProcessLeft());
    }

    [Fact]
    public async Task A_client_whose_server_is_lost_ends_with_one_line()
    {
        using var server = MockServerFixture.Start("--latency", "100");
        string[] work = ["--clients", "1", "--workers", "2", "--downloads", "2000", "--retry", "100"];
        using var client = new RunningProgram(BuiltProgram.Benchmarks, ["load", "--server", $"{server.Address}", .. work]);
        await Eventually.Is(true, () => server.Control.ReadAudit().Requests.Count > 2);
        server.Dispose();
        var ended = client.WaitForExit();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("the connection to the server was lost before this client had ended", Assert.Single(ended.Errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_with_other_options_ends_with_one_line_and_frees_the_server()
    {
        var server = remote.UseScenario("--latency 0");
        using var networks = new ClientNetworks(1);
        using var clients = StartClients(networks, server, ["--clients", "1", "--workers", "2", "--downloads", "10"], 1);
        clients.WaitForExit();
        using var audit = StartAudit(server, ["--clients", "1", "--workers", "3", "--downloads", "10"]);
        var judged = audit.WaitForExit();

        Assert.Equal(1, judged.ExitCode);
        Assert.Contains("expected --clients 1 --workers 3 --downloads 10", Assert.Single(judged.Errors), StringComparison.Ordinal);
        Assert.Null(server.Control.GetLoadRun());
    }

    [Fact]
    public void A_client_that_never_comes_is_named_by_those_that_wait_and_by_the_audit()
    {
        var server = remote.UseScenario("--latency 0");
        using var audit = StartAudit(server, Work);
        string[] load = ["load", "--server", $"{server.Address}", .. Work, "--join-seconds", "5"];
        using var clients = new RunningPrograms(Enumerable.Range(0, 2).Select(_ => new RunningProgram(BuiltProgram.Benchmarks, load)));
        foreach (var ended in clients.WaitForExit().Append(audit.WaitForExit()))
        {
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("2 of 3 clients joined within 5 s: missing 2; joined client 0 (", Assert.Single(ended.Errors),
                StringComparison.Ordinal);
        }

    }

    [Fact]
    public void Three_clients_exceed_a_capacity_that_serves_one()
    {
        using var networks = new ClientNetworks(3);
        var server = remote.UseScenario("--latency 500 --capacity 128 --queue 32");
        var one = RunAll(networks, server, ["--clients", "1", "--workers", "64", "--downloads", "256", "--retry", "20"], 1);
        var three = RunAll(networks, server, ["--clients", "3", "--workers", "64", "--downloads", "768", "--retry", "20"], 3);
        Assert.Equal((256, 0, 64), (one["downloader/audit/served"], one["downloader/audit/refused"], one["downloader/audit/peak"]));
        Assert.Equal((768, 3), (three["downloader/audit/served"], three["downloader/audit/clients"]));
        Assert.True(three["downloader/audit/refused"] >= 1, $"{three["downloader/audit/refused"]} were refused.");
        // 768 downloads of 500 ms at 128 places.
        Assert.InRange(three["downloader/audit/ideal"], 3_000, three["downloader/audit/makespan"]);
    }

    private static IReadOnlyDictionary<string, double> RunAll(ClientNetworks networks, MockServerFixture server, string[] work, int count)
    {
        using var clients = StartClients(networks, server, work, count);
        Assert.All(clients.WaitForExit(), AssertSucceeded);
        // After the clients have left, as crank has it.
        using var audit = StartAudit(server, work);
        var judged = audit.WaitForExit();
        AssertSucceeded(judged);
        return JobStatistics.Parse(judged.Output).Values;
    }

    private static RunningProgram StartAudit(MockServerFixture server, string[] work) =>
        new(BuiltProgram.Benchmarks, ["audit", "--server", $"{server.Address}", .. work]);

    private static RunningPrograms StartClients(ClientNetworks networks, MockServerFixture server, string[] work, int count = 3) => new(
        Enumerable.Range(0, count).Select(client => new RunningProgram(
            BuiltProgram.Benchmarks,
            ["load", "--server", $"{networks.GetServer(client, server.Address.Port)}", .. work],
            prefix: networks.GetPrefix(client))));

    private static void AssertSucceeded(ProgramResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        Assert.Equal("#EndJobStatistics", result.Output[^1]);
    }

    private static void AssertReport(RunningProgram audit, bool areSeparate)
    {
        var path = Path.Combine(audit.Folder, "BenchmarkDotNet.Artifacts", "results", "report.json");
        var run = RunResultFile.Read(path);
        var suite = Assert.Single(run.Suites);
        Assert.Equal(["all 3 clients", "client 0", "client 1", "client 2"], suite.Cases.Select(one => one.Variant));
        Assert.Equal([240, 80, 80, 80], suite.Cases.Select(one => one.Downloads));
        Assert.Equal([12, 4, 4, 4], suite.Cases.Select(one => one.Workers!.Value));
        Assert.All(suite.Cases, one => Assert.Empty(one.AuditFindings));
        // Namespaces share their machine's boot id.
        Assert.Equal(areSeparate ? "3 clients on 1 machine, the server's" : run.Machine["Clients"], run.Machine["Clients"]);
        var written = ReportAgain(path);
        Assert.True(written.ExitCode == 0, written.ToString());
    }

    private static ProgramResult ReportAgain(string path) => BuiltProgram.RunBenchmarks(["report", path]);
}

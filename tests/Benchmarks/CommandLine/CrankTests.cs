using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>crank/downloader.yml: what crank makes of it, and whether our programs take it.</summary>
public sealed class CrankTests
{
    private static readonly CrankConfiguration Crank = CrankConfiguration.Read();

    public static TheoryData<string, string> ScenariosAndProfiles()
    {
        var data = new TheoryData<string, string>();
        foreach (var scenario in Crank.Scenarios)
        {
            foreach (var profile in Crank.Profiles) data.Add(scenario, profile);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ScenariosAndProfiles))]
    public void Each_service_has_endpoints_a_published_program_and_a_command_line(string scenario, string profile)
    {
        foreach (var service in Crank.ServicesOf(scenario))
        {
            Assert.NotEmpty(Crank.EndpointsOf(profile, service));
            var (source, folder) = Assert.Single(Crank.SourcesOf(scenario, service));
            Assert.Contains($" -o {folder} ", File.ReadAllText(Path.Combine(CrankConfiguration.Folder, "publish.sh")),
                StringComparison.Ordinal);
            string[] programs = [$"{source}/Downloader.MockServer", $"{source}/Downloader.Benchmarks"];
            Assert.Contains(Crank.Render(scenario, service, profile, "executable"), programs);
            Assert.DoesNotContain("{", Crank.Render(scenario, service, profile, "arguments"), StringComparison.Ordinal);
        }

        Assert.Equal("server", Crank.ServicesOf(scenario).First());
    }

    [Theory]
    [InlineData("local")]
    [InlineData("machines")]
    public void There_are_as_many_endpoints_as_clients(string profile) =>
        Assert.Equal(Crank.Render("many-clients", "load", profile, "arguments").Split("--clients ")[1].Split(' ')[0],
            $"{Crank.EndpointsOf(profile, "load").Count}");

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void The_scenarios_run_as_crank_starts_them()
    {
        using var server = MockServerProcess.Start(Crank.Arguments("many-clients", "server", "local", ("serverPort", "0")));
        (string, string)[] variables =
            [("serverPort", $"{server.Address.Port}"), ("clients", "2"), ("workers", "2"), ("downloads", "120")];
        var load = Crank.Arguments("many-clients", "load", "local", variables);
        using var clients = new RunningPrograms(Enumerable.Range(0, 2).Select(_ => new RunningProgram(BuiltProgram.Benchmarks, load)));
        var ended = clients.WaitForExit();
        var audit = BuiltProgram.RunBenchmarks(Crank.Arguments("many-clients", "audit", "local", variables));

        Assert.All(ended, result => Assert.True(result.ExitCode == 0, result.ToString()));
        Assert.True(audit.ExitCode == 0, audit.ToString());
        Assert.Equal(120, JobStatistics.Parse(audit.Output).Values["downloader/audit/served"]);

        // The suites take the server and their options; another run holds the server, so that they measure nothing. A Debug build would
        // refuse them before.
        using var control = new MockServerClient(server.Address);
        using var lease = control.AcquireRun();
        using var program = new RunningProgram(BuiltProgram.Release, Crank.Arguments("suites", "suites", "local", variables));
        var suites = program.WaitForExit();
        Assert.Equal(1, suites.ExitCode);
        Assert.Contains("the server is in use by another run", Assert.Single(suites.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("load")]
    [InlineData("audit")]
    public void Without_a_server_a_job_ends_with_one_line(string service)
    {
        var result = BuiltProgram.RunBenchmarks(Crank.Arguments("many-clients", service, "local", ("serverPort", "1")));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("http://127.0.0.1:1/: no server is listening", Assert.Single(result.Errors), StringComparison.Ordinal);
    }
}

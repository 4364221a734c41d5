using System.Diagnostics;
using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary><c>download</c> as users run it, in a process of its own, against the real mock server.</summary>
public sealed class DownloadProcessTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    [Fact]
    public void The_article_s_160_downloads_are_printed_and_counted()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(5) });
        server.Control.ResetAudit();

        var outcome = Download("--strategy", "WhenAll", "--workers", "5", "--repeat", "80", $"{server.Jython}", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Empty(outcome.Errors);
        Assert.Equal(161, outcome.Output.Count);
        Assert.Equal(80, outcome.Output.Count(line => line == $"Read 10966 from {server.Jython}"));
        Assert.Equal(80, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
        Assert.Equal("Downloaded 160 in N seconds", DownloadSummary.WithoutTime(outcome));
        var log = server.Control.ReadAudit();
        Assert.Equal(160, log.Requests.Count);
        Assert.Equal(5, ConcurrencyCalculator.Peak(log.Requests));
        Assert.InRange(log.Requests.DistinctBy(request => request.Connection).Count(), 1, 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void URLs_are_read_from_a_file_or_standard_input(bool file)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var list = $"# two pages\n{server.Jython}\n\n   {server.Dice}  \r\n";
        var path = Path.GetTempFileName();
        File.WriteAllText(path, list);

        string[] arguments = ["download", "--input", file ? path : "-", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments, file ? "" : list);
        var outcome = program.WaitForExit();

        File.Delete(path);
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Equal("Downloaded 3 in N seconds", DownloadSummary.WithoutTime(outcome));
        Assert.Equal(2, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
    }

    [Theory]
    [InlineData("WhenAll", "INT")]
    [InlineData("DedicatedThreads", "TERM")]
    [InlineData("Sequential", "INT")]
    public async Task Interrupted_it_prints_what_was_done_so_far_and_ends(string strategy, string signal)
    {
        if (signal == "INT") Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(300) });
        server.Control.ResetAudit();
        string[] arguments = ["download", "--strategy", strategy, "--workers", "2", "--repeat", "1000", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments);
        await Eventually.Is(true, () => program.Output.Count >= 2);

        program.Signal(signal);
        var interrupted = Stopwatch.StartNew();
        var outcome = program.WaitForExit();

        // All 1000 would take minutes.
        Assert.InRange(interrupted.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Empty(outcome.Errors);
        var read = outcome.Output.Count(line => line == $"Read 276 from {server.Dice}");
        Assert.Equal(read + 1, outcome.Output.Count);
        Assert.Equal($"Downloaded {read} in N seconds, {1000 - read} not done", DownloadSummary.WithoutTime(outcome));
        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        Assert.Empty(program.FindProcesses());
    }

    private static ProgramResult Download(params IReadOnlyList<string> arguments) => BuiltProgram.RunBenchmarks(["download", .. arguments]);
}

using System.Diagnostics;
using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>The tool as users run it, in a process of its own, against the real mock server.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ToolProcessTests(MockServerFixture server) : IClassFixture<MockServerFixture>
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

        string[] arguments = ["--input", file ? path : "-", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Tool, arguments, file ? "" : list);
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
        string[] arguments = ["--strategy", strategy, "--workers", "2", "--repeat", "1000", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Tool, arguments);
        await Eventually.Is(true, () => program.Output.Count >= 2);

        program.Signal(signal);
        var interrupted = Stopwatch.StartNew();
        var outcome = program.WaitForExit();

        // All 1000 would take minutes.
        Assert.InRange(interrupted.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        var read = outcome.Output.Count(line => line == $"Read 276 from {server.Dice}");
        Assert.Equal(read + 1, outcome.Output.Count);
        Assert.Equal($"Downloaded {read} in N seconds, {1000 - read} not done", DownloadSummary.WithoutTime(outcome));
        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        AssertListed(Assert.Single(outcome.Errors), 1000 - read);
        Assert.Empty(program.FindProcesses());
    }

    [Fact]
    public async Task What_an_interrupted_run_did_not_do_can_be_given_back_as_input()
    {
        Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(150) });
        // By number, so that the order is seen. The last one is what no line of a list can hold as it is.
        string[] urls = [.. Enumerable.Range(0, 11).Select(i => $"{server.Dice}?{i}"), $"{server.Dice}?a\nb #c"];
        var list = Path.GetTempFileName();
        try
        {
            using var program = new RunningProgram(BuiltProgram.Tool, ["--workers", "1", "--not-done", list, .. urls]);
            await Eventually.Is(true, () => program.Output.Count >= 2);
            program.Signal("INT");
            var first = program.WaitForExit();
            var left = await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken);
            var second = Download("--input", list, "--not-done", list);

            Assert.True(first.ExitCode == 130, first.ToString());
            var read = first.Output.Count - 1;
            Assert.Equal([$"Not done: {12 - read}, listed in {list}; --input {list} goes on with them."], first.Errors);
            Assert.Equal(urls[read..11], left[..^1]);
            Assert.True(second.ExitCode == 0, second.ToString());
            Assert.Equal($"Downloaded {12 - read} in N seconds", DownloadSummary.WithoutTime(second));
            Assert.Empty(await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(list);
        }
    }

    [Fact]
    public async Task Interrupted_it_sums_up_also_where_the_rest_of_the_input_cannot_be_read()
    {
        Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(300) });
        using var input = new TemporaryFile(string.Concat(Enumerable.Repeat($"{server.Dice}\n", 1000)));
        using var program = new RunningProgram(BuiltProgram.Tool, ["--workers", "1", "--repeat", "2", "--input", input.Path]);
        await Eventually.Is(true, () => program.Output.Count >= 1);

        File.Delete(input.Path);
        program.Signal("INT");
        var outcome = program.WaitForExit();

        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Equal($"Downloaded {outcome.Output.Count - 1} in N seconds", DownloadSummary.WithoutTime(outcome));
        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith($"The list of what was not done cannot be written: --input {input.Path}: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_does_not_end_is_downloaded_as_it_comes()
    {
        Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        using var program = new RunningProgram(BuiltProgram.Tool, ["--input", "-"], input: null);
        for (var i = 1; i <= 3; i++)
        {
            await program.Input.WriteAsync($"{server.Dice}?{i} # number {i}\n");
            await program.Input.FlushAsync(TestContext.Current.CancellationToken);
            await program.WaitForOutput($"Read 276 from {server.Dice}?{i}");
        }

        // Half a line is no URL yet.
        await program.Input.WriteAsync($"{server.Dice}");
        await program.Input.FlushAsync(TestContext.Current.CancellationToken);
        program.Signal("INT");
        var outcome = program.WaitForExit();

        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Equal("Downloaded 3 in N seconds", DownloadSummary.WithoutTime(outcome));
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public async Task Of_a_pipe_what_was_taken_and_not_finished_is_listed()
    {
        Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMinutes(5) });
        server.Control.ResetAudit();
        using var program = new RunningProgram(BuiltProgram.Tool, ["--input", "-", "--workers", "2", "--timeout", "600"], input: null);
        await program.Input.WriteAsync(string.Concat(Enumerable.Range(0, 5).Select(i => $"{server.Dice}?{i}\n")));
        await program.Input.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.Is(2, () => server.Control.ReadAudit().InFlight);

        program.Signal("INT");
        var outcome = program.WaitForExit();

        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Equal("Downloaded 0 in N seconds, 5 not done", DownloadSummary.WithoutTime(outcome));
        var listed = AssertListed(Assert.Single(outcome.Errors), 5);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"{server.Dice}?{i}"), listed);
    }

    /// <summary>Asserts that the line names a file with so many URLs.</summary>
    /// <returns>Its lines; the file is deleted.</returns>
    private static string[] AssertListed(string line, int count)
    {
        var path = line.Split("--input ")[^1].Split(" goes on")[0];
        Assert.Equal($"Not done: {count}, listed in {path}; --input {path} goes on with them.", line);
        var lines = File.ReadAllLines(path);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.Delete(path);
        Assert.Equal(count, lines.Length);
        return lines;
    }

    private static ProgramResult Download(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Tool, arguments);
        return program.WaitForExit();
    }
}

using System.Globalization;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Reports;
using Downloader.Tests.Support;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>The end of a run: what is shown, what is written, and the exit code.</summary>
[Collection(TestCollections.Alone)]
public sealed class RunResultWriterTests : IDisposable
{
    private static readonly RunResult Measured = SampleRuns.CreateRun(SampleRuns.Session());
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;
    private readonly StringWriter _screen = new();

    [Fact]
    public async Task A_run_whose_cases_passed_the_audit_is_exit_code_0_and_leaves_its_reports()
    {
        var result = await Write(Measured);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        Assert.Contains("Session", $"{_screen}", StringComparison.Ordinal);
        Assert.Equal(
            ["report.html", "report.json", "report.md", "report.openmetrics.txt"],
            Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_failed_audit_is_exit_code_1_with_its_finding_on_the_screen()
    {
        const string Finding = "Iteration 1: expected 20 requests, the server saw 19.";
        var session = SampleRuns.Session();
        var failed = session with { Cases = [.. session.Cases.SkipLast(1), session.Cases[^1] with { AuditFindings = [Finding] }] };

        var result = await Write(SampleRuns.CreateRun(SampleRuns.Faults(), failed));

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains(Finding, $"{_screen}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_ended_early_is_exit_code_1_with_its_reason()
    {
        var result = await Write(Measured, failure: "The run ended early.");

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Equal(["The run ended early."], result.Errors);
    }

    [Fact]
    public async Task Reports_that_cannot_be_written_are_exit_code_1_after_the_results_are_shown()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var result = await Write(Measured, directory: file);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.StartsWith("The reports cannot be written: ", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Contains("Session", $"{_screen}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_is_exit_code_130_even_with_a_failed_audit()
    {
        var session = SampleRuns.Session();
        var failed = session with { Cases = [session.Cases[0] with { AuditFindings = ["A finding."] }] };

        var result = await Write(SampleRuns.CreateRun(failed) with { Interrupted = true, PlannedCases = 4 });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.NotEmpty(Directory.EnumerateFiles(_folder));
    }

    public void Dispose()
    {
        _screen.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ProgramResult> Write(RunResult run, string? failure = null, string? directory = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_screen), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        var summary = new Summary(
            "Session", [], HostEnvironmentInfo.GetCurrent(), directory ?? _folder, "", TimeSpan.Zero, CultureInfo.InvariantCulture, [], []);
        return InProcessCommand.Run(() => Task.FromResult(RunResultWriter.Write([summary], run, failure, console)));
    }
}

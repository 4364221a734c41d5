using System.Globalization;
using System.Text.RegularExpressions;

namespace Downloader.Tests.Benchmarks.Runs;

/// <summary>Ctrl-C in the middle of a run.</summary>
public sealed partial class InterruptedRunTests : IDisposable
{
    private static readonly TimeSpan Build = TimeSpan.FromMinutes(2);

    private readonly RunningProgram _program;

    public InterruptedRunTests()
    {
        Interrupts.SkipWhereIgnored();
        // What a killed run left behind.
        foreach (var folder in Generated()) Directory.Delete(folder, recursive: true);
        _program = new RunningProgram(
            BuiltProgram.Release, ["--quick", "--workers", "2,3,4,5,6,7", "--downloads", "20", "--latency", "50", "--filter", "*.Strategies.Sequential", "*.Strategies.WhenAll(*"]);
    }

    [Fact]
    public async Task The_cases_that_had_ended_are_reported_and_nothing_else_is_left()
    {
        await Eventually.Is(true, () => _program.Output.Any(line => line.StartsWith("[2/7] ", StringComparison.Ordinal)), Build);

        _program.Signal("INT");
        var outcome = _program.End();

        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Empty(outcome.Errors);
        var told = outcome.Output.Count(line => line.StartsWith('['));
        Assert.InRange(told, 2, 6);
        var report = Report("report.md");
        Assert.Equal(told.ToString(CultureInfo.InvariantCulture), Interrupted().Match(report).Groups[1].Value);
        Assert.Equal(told, Rows(report));
        Assert.Equal(told, Rows(Report("Downloader.Benchmarks.Suites.Strategies-report-github.md")));
        Assert.Contains("Downloader.Benchmarks.Suites.Strategies-report.csv", report, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Before_the_first_case_has_ended_there_is_nothing_to_report()
    {
        await Eventually.Is(true, () => _program.Output.Any(line => line.StartsWith("Building 7 cases", StringComparison.Ordinal)), Build);

        _program.Signal("INT");
        var outcome = _program.End();

        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Equal(["Interrupted before the first case had ended."], outcome.Errors);
        Assert.DoesNotContain(outcome.Output, line => line.Contains("could not be built", StringComparison.Ordinal));
        AssertNothingLeft();
    }

    public void Dispose() => _program.Dispose();

    private static string[] Generated() => Directory.GetDirectories(Path.GetDirectoryName(BuiltProgram.Release)!, "*-Job-*");

    /// <summary>Rows of the first table of results: those that name a strategy.</summary>
    private static int Rows(string report) => report.Split("## What was measured")[0].Split('\n')
        .TakeWhile(line => !line.StartsWith("Fewest workers", StringComparison.Ordinal))
        .Count(line => line.StartsWith("| Sequential ", StringComparison.Ordinal) || line.StartsWith("| WhenAll ", StringComparison.Ordinal) || line.StartsWith("| **WhenAll", StringComparison.Ordinal));

    private string Report(string name) => File.ReadAllText(Path.Combine(_program.Folder, "BenchmarkDotNet.Artifacts", "results", name));

    private void AssertNothingLeft()
    {
        Assert.Empty(_program.Alive());
        Assert.Empty(Generated());
    }

    [GeneratedRegex("The run was interrupted after ([0-9]+) of 7 cases")]
    private static partial Regex Interrupted();
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Results;

public sealed class RunResultFileTests : IDisposable
{
    private const string Makespan = "suites[0].cases[1].processes[0].iterations[0].makespanMs";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("results");

    private string FilePath => Path.Combine(_folder.FullName, "report.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_read_back_as_it_was_written_down_to_the_iteration()
    {
        var run = SampleRuns.Everything() with { Interrupted = true, PlannedCases = 99, Rounds = 3, ShuffleSeed = 7 };
        RunResultFile.Write(run, FilePath);

        var read = RunResultFile.Read(FilePath);

        Assert.Equivalent(run, read, strict: true);
        Assert.Equal(run.Machine.Keys, read.Machine.Keys);
    }

    [Fact]
    public void A_scenario_stands_in_it_as_its_command_line_and_figures_name_their_unit()
    {
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Tail()), FilePath);
        using var json = JsonDocument.Parse(File.ReadAllText(FilePath));

        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        var oneCase = json.RootElement.GetProperty("suites")[0].GetProperty("cases")[1];
        Assert.Equal("--latency 25 --latency-p99 387", oneCase.GetProperty("scenario").GetString());
        var iteration = oneCase.GetProperty("processes")[0].GetProperty("iterations")[0];
        Assert.True(iteration.GetProperty("makespanMs").GetDouble() > 0);
    }

    [Theory]
    [InlineData("{}", "is no report.json of this program: schemaVersion is missing.")]
    [InlineData("[]", "is no report.json of this program: schemaVersion is missing.")]
    [InlineData("""{ "schemaVersion": 0 }""", "follows schema 0; this program reads schema 1. Run the benchmarks again.")]
    [InlineData("""{ "schemaVersion": 1 }""", "is no report.json of this program: ")]
    [InlineData("""{ "schemaVersion": 1, "suites""", "is no report.json of this program: ")]
    [InlineData("", "is no report.json of this program: ")]
    public void A_file_that_cannot_be_used_is_one_line_that_says_why(string text, string reason)
    {
        File.WriteAllText(FilePath, text);

        var error = Assert.Throws<InvalidRunException>(() => RunResultFile.Read(FilePath));
        Assert.StartsWith($"{FilePath}: {reason}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_scenario_that_cannot_be_read_is_named()
    {
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Strategies()), FilePath);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace("\"--latency 50\"", "\"--latency fast\"", StringComparison.Ordinal));

        var error = Assert.Throws<InvalidRunException>(() => RunResultFile.Read(FilePath));
        Assert.Contains("\"--latency fast\"", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Each is a broken file without which the analysis would fail, or show a figure that nothing can have.</summary>
    [Theory]
    [InlineData("suites[0]", "null", "suites[0] is null.")]
    [InlineData("suites[0].notes", "[null]", "suites[0].notes[0] is null.")]
    [InlineData("suites[0].cases[1]", "null", "suites[0].cases[1] is null.")]
    [InlineData("suites[0].cases[1].auditFindings", "[null]", "suites[0].cases[1].auditFindings[0] is null.")]
    [InlineData("suites[0].cases[1].waterfall[0]", "null", "suites[0].cases[1].waterfall[0] is null.")]
    [InlineData("suites[0].cases[1].processes[0]", "null", "suites[0].cases[1].processes[0] is null.")]
    [InlineData("suites[0].cases[1].processes[0].iterations[1]", "null", "suites[0].cases[1].processes[0].iterations[1] is null.")]
    [InlineData("files[0]", "null", "files[0] is null.")]
    [InlineData("machine.CPU", "null", "machine.CPU is null.")]
    [InlineData("suites[0].cases[1].downloads", "0", "suites[0].cases[1].downloads is 0: must be above 0.")]
    [InlineData("suites[0].cases[1].workers", "-5", "suites[0].cases[1].workers is -5: must be above 0.")]
    [InlineData("suites[0].cases[1].processes[0].round", "0", "suites[0].cases[1].processes[0].round is 0: must be above 0.")]
    [InlineData("rounds", "0", "rounds is 0: must be above 0.")]
    [InlineData("shuffleSeed", "-1", "shuffleSeed is -1: must be 0 or more.")]
    [InlineData(Makespan, "0", $"{Makespan} is 0: must be above 0.")]
    [InlineData(Makespan, "-51.5", $"{Makespan} is -51.5: must be above 0.")]
    [InlineData(Makespan, "1e999", $"{Makespan} is 1e999: must be a finite number.")]
    [InlineData("suites[0].cases[1].processes[0].iterations[0].failed", "-1", "iterations[0].failed is -1: must be 0 or more.")]
    [InlineData("suites", """{ "\u001b[31m": [null] }""", """suites.\u001B[31m[0] is null.""")]
    public void A_missing_element_or_an_impossible_figure_is_named_by_its_place(string place, string value, string reason)
    {
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Strategies()), FilePath);
        File.WriteAllText(FilePath, Replace(File.ReadAllText(FilePath), place, value));

        var error = Assert.Throws<InvalidRunException>(() => RunResultFile.Read(FilePath));
        Assert.StartsWith($"{FilePath}: is no report.json of this program: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_a_file_may_leave_out_may_be_null_and_a_server_may_be_early()
    {
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Strategies()), FilePath);
        var text = Replace(File.ReadAllText(FilePath), "suites[0].cases[1].processes[0].iterations[0].serverDelayMs", "-0.25");
        File.WriteAllText(FilePath, Replace(text, "suites[0].cases[1].workers", "null"));

        var one = RunResultFile.Read(FilePath).Suites[0].Cases[1];

        Assert.Null(one.Workers);
        Assert.Equal(-0.25, one.Processes[0].Iterations[0].ServerDelayMs);
    }

    [Fact]
    public void A_missing_file_is_one_line_too() => Assert.StartsWith(
        $"{FilePath}: cannot be read: ", Assert.Throws<InvalidRunException>(() => RunResultFile.Read(FilePath)).Message,
            StringComparison.Ordinal);

    /// <summary>The same file with another value in one place.</summary>
    /// <param name="json">The file.</param>
    /// <param name="place">Such as <c>suites[0].notes</c>.</param>
    /// <param name="value">The value as JSON.</param>
    private static string Replace(string json, string place, string value)
    {
        const string Mark = "what stands here is replaced";
        var root = JsonNode.Parse(json)!;
        var (node, parts) = (root, place.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in parts[..^1]) node = node is JsonArray list ? list[Index(part)]! : node[part]!;
        if (node is JsonArray array) array[Index(parts[^1])] = Mark;
        else node[parts[^1]] = Mark;
        // As text: no node holds a number such as 1e999.
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);

        static int Index(string part) => int.Parse(part, CultureInfo.InvariantCulture);
    }
}

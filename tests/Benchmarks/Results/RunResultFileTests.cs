using System.Text.Json;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Results;

public sealed class RunResultFileTests : IDisposable
{
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

    [Fact]
    public void A_missing_file_is_one_line_too() => Assert.StartsWith(
        $"{FilePath}: cannot be read: ", Assert.Throws<InvalidRunException>(() => RunResultFile.Read(FilePath)).Message,
            StringComparison.Ordinal);
}

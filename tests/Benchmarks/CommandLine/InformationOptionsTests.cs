using Downloader.Benchmarks.Execution;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Arguments that only ask for information.</summary>
[Collection(TestCollections.Alone)]
public sealed class InformationOptionsTests
{
    [Fact]
    public async Task Help_names_every_option_of_ours_and_those_of_BenchmarkDotNet_one_needs()
    {
        var text = GetText(await InProcessCommand.Run("--help"));

        Assert.All(
            [
                "--workers", "--downloads", "--latency", "--server", "--quick", "--verbose", "--no-audit",
                "--rounds", "--shuffle-seed", "--filter", "--list", "--artifacts", "download", "Capacity", "How many workers, when",
            ],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
        // Each suite has a scenario of its own.
        Assert.DoesNotContain(" Default ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_of_download_names_every_option_and_every_strategy()
    {
        var text = GetText(await InProcessCommand.Run("download", "--help"));

        Assert.All(
            [
                "--strategy", "--workers", "--repeat", "--input", "--timeout", "--max-bytes",
                .. StrategyCatalogue.All.Select(strategy => strategy.Name),
            ],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void List_names_every_strategy()
    {
        var lines = GetOutput("--list", "flat").Split('\n');

        Assert.All(
            StrategyCatalogue.All,
            strategy => Assert.Contains(lines, line => line.EndsWith($".{strategy.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Version_is_the_assembly_s()
    {
        var version = typeof(BenchmarkSettings).Assembly.GetName().Version!.ToString(3);

        Assert.StartsWith(version, GetOutput("--version"), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_names_the_runtime() =>
        Assert.Contains($".NET {Environment.Version.Major}.", GetOutput("--info"), StringComparison.Ordinal);

    /// <summary>In a process of its own: the text depends on the program that was started, or is printed by BenchmarkDotNet.</summary>
    private static string GetOutput(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments);

        var text = GetText(program.WaitForExit());

        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
        return text;
    }

    private static string GetText(ProgramResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        return string.Join('\n', result.Output);
    }
}

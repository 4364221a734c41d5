using Downloader.Benchmarks.Execution;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Options that print information and run nothing.</summary>
public sealed class InformationOptionsTests
{
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

    /// <summary>In a process of its own, which leaves no file: the text depends on the program that was started, or is printed by
    /// BenchmarkDotNet.</summary>
    private static string GetOutput(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
        return string.Join('\n', result.Output);
    }
}

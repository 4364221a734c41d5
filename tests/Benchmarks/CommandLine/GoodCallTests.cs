using Downloader.Tests.Support;
namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Calls that only ask.</summary>
public sealed class GoodCallTests
{
    [Fact]
    public void Help_names_every_option_of_ours_and_those_of_BenchmarkDotNet_one_needs()
    {
        var text = Ask("--help");

        Assert.All(
            ["--workers", "--downloads", "--latency", "--server", "--quick", "--verbose", "--no-audit", "--filter", "--list", "--artifacts", "download"],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
        // Each suite has a scenario of its own.
        Assert.DoesNotContain(" Default ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_download_names_every_option_and_every_strategy()
    {
        var text = Ask("download", "--help");

        Assert.All(
            ["--strategy", "--workers", "--repeat", "--input", "--timeout", "--max-bytes", .. StrategyCatalogue.All.Select(strategy => strategy.Name)],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void List_names_every_strategy()
    {
        var lines = Ask("--list", "flat").Split('\n');

        Assert.All(
            StrategyCatalogue.All,
            strategy => Assert.Contains(lines, line => line.EndsWith($".{strategy.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Version_is_the_assembly_s() => Assert.StartsWith(typeof(Downloader.Benchmarks.Execution.BenchmarkSettings).Assembly.GetName().Version!.ToString(3), Ask("--version"), StringComparison.Ordinal);

    [Fact]
    public void Info_names_the_runtime() => Assert.Contains($".NET {Environment.Version.Major}.", Ask("--info"), StringComparison.Ordinal);

    private static string Ask(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Release, arguments);

        var outcome = program.End();

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Empty(outcome.Errors);
        Assert.Empty(program.Alive());
        return string.Join('\n', outcome.Output);
    }
}

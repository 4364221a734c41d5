using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Help, called in this process.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_names_every_option_of_ours_and_those_of_BenchmarkDotNet_one_needs()
    {
        var text = GetText(await InProcessCommand.Run("--help"));

        Assert.All(
            [
                "--workers", "--downloads", "--scenario", "--latency", "--server", "--quick", "--verbose", "--no-audit",
                "--rounds", "--shuffle-seed", "--filter", "--list", "--artifacts", "Capacity", "How many workers, when",
            ],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
        // Each suite has a scenario of its own.
        Assert.DoesNotContain(" Default ", text, StringComparison.Ordinal);
    }

    private static string GetText(ProgramResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        return string.Join('\n', result.Output);
    }
}

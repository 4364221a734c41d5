using System.Reflection;
using Downloader.Tests.Support;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>Help and version, called in this process.</summary>
public sealed class ToolHelpTests
{
    [Fact]
    public async Task Help_names_every_option_and_every_strategy()
    {
        var result = await InProcessTool.Run("--help");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        var text = string.Join('\n', result.Output);
        Assert.All(
            [
                "--input", "--output", "--header", "--workers", "--strategy", "--retry", "--rate", "--timeout", "--max-bytes", "--repeat",
                "--not-done",
                .. StrategyCatalogue.All.Select(strategy => strategy.Name),
            ],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_default_strategy_does_not_hold_the_whole_list() =>
        Assert.False(DownloadSettings.DefaultStrategy.HoldsWholeList);

    [Fact]
    public void Version_is_the_assembly_s()
    {
        using var program = new RunningProgram(BuiltProgram.Tool, ["--version"]);

        var result = program.WaitForExit();

        Assert.Equal(0, result.ExitCode);
        var version = typeof(ToolCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal([version], result.Output);
    }
}

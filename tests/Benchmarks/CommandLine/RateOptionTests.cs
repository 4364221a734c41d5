using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>What <c>--rate</c> takes.</summary>
public sealed class RateOptionTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1000001")]
    [InlineData("fast")]
    public async Task It_takes_requests_per_second(string value)
    {
        var result = await InProcessCommand.Run("--rate", value);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"--rate {value}: must be a number per second between 0.001 and 1000000.", Assert.Single(result.Errors));
    }

    /// <summary>This is only found once the cases are known, which a Debug build refuses to run.</summary>
    [Theory]
    [InlineData("HttpClientUse")]
    [InlineData("Article")]
    public void A_suite_with_requests_that_the_library_does_not_make_refuses_it(string suite)
    {
        using var program = new RunningProgram(BuiltProgram.Release, ["--rate", "50", "--filter", $"*.{suite}.*"]);

        var result = program.WaitForExit();

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            $"--rate 50: takes cases whose requests the library makes; {suite} has others. Choose with --filter",
            Assert.Single(result.Errors));
    }
}

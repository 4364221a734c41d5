using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>What <c>--rate</c> takes.</summary>
[Collection(TestCollections.Alone)]
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

    [Theory]
    [InlineData("HttpClientUse")]
    [InlineData("Article")]
    public async Task A_suite_with_requests_that_the_library_does_not_make_refuses_it(string suite)
    {
        var result = await InProcessCommand.Run("--rate", "50", "--filter", $"*.{suite}.*");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            $"--rate 50: takes cases whose requests the library makes; {suite} has others. Choose with --filter",
            Assert.Single(result.Errors));
    }
}

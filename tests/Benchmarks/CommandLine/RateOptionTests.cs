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
}

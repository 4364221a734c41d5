using Downloader.Benchmarks.CommandLine;
using Downloader.Tests.Benchmarks.Suites.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>What <c>--retry</c> takes, and which suites.</summary>
public sealed class RetryOptionTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("x")]
    public async Task A_number_out_of_range_is_refused_in_one_line(string value)
    {
        var result = await InProcessCommand.Run("--retry", value);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"--retry {value}: must be a whole number between 1 and 100.", Assert.Single(result.Errors));
    }

    [Fact]
    public void A_suite_that_compares_retries_refuses_it()
    {
        var error = Assert.Throws<UsageException>(() => SuiteCases.Find("Faults", "--retry 3"));

        Assert.StartsWith("--retry 3: takes suites that do not compare retries; Faults has its own.", error.Message);
    }

    [Fact]
    public async Task Help_lists_it() =>
        Assert.Contains((await InProcessCommand.Run("--help")).Output, line => line.Contains("--retry", StringComparison.Ordinal));
}

using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

/// <summary>The server's command line, called in this process.</summary>
public sealed class InvalidArgumentsTests
{
    /// <summary>An address of no machine: where an invalid argument is accepted, the server cannot start, rather than serve and never
    /// end.</summary>
    private static readonly string[] CannotStart = ["--bind", "192.0.2.1"];

    [Theory]
    [InlineData("--latency -1", "--latency -1: must be a number of milliseconds between 0 and 600000")]
    [InlineData("--latency", "--latency: needs a value; must be a number of milliseconds")]
    [InlineData("--latency 5 --latency 6", "--latency 5 and 6: given 2 times; must be given once, as a number of milliseconds")]
    [InlineData("--port 1 --port 2", "--port 1 and 2: given 2 times; must be given once, as a port")]
    [InlineData("--port", "--port: needs a value; must be a port between 0 and 65535")]
    [InlineData("--latency 5 --latency-jitter 6", "--latency-jitter 6: must be between 0 and --latency, which is 5")]
    [InlineData("--port 65536", "--port 65536: must be a port between 0 and 65535")]
    [InlineData("--latncy 5", "'--latncy'")]
    public async Task Invalid_arguments_are_one_line_that_says_what_is_allowed_and_code_2(string arguments, string expected)
    {
        var result = await RunServer(arguments.Split(' '));

        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains(expected, Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_code_1()
    {
        var result = await RunServer();

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("192.0.2.1", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    private static Task<ProgramResult> RunServer(params string[] arguments) =>
        InProcessCommand.Run(() => Task.Run(() => new Downloader.MockServer.CommandLine().Run([.. arguments, .. CannotStart])));
}

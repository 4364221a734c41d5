using System.Diagnostics;
using System.Globalization;
using System.Net;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--latency -1", "--latency -1: must be a number of milliseconds between 0 and 600000")]
    [InlineData("--latency", "--latency: needs a value; must be a number of milliseconds")]
    [InlineData("--latency 5 --latency 6", "--latency 5 and 6: given 2 times; must be given once, as a number of milliseconds")]
    [InlineData("--port 1 --port 2", "--port 1 and 2: given 2 times; must be given once, as a port")]
    [InlineData("--port", "--port: needs a value; must be a port between 0 and 65535")]
    [InlineData("--latency 5 --latency-jitter 6", "--latency-jitter 6: must be between 0 and --latency, which is 5")]
    [InlineData("--port 65536", "--port 65536: must be a port between 0 and 65535")]
    [InlineData("--bind here", "--bind here: must be an IP address")]
    [InlineData("--latncy 5", "'--latncy'")]
    public async Task A_bad_call_is_one_clear_line_and_code_2(string arguments, string expected)
    {
        var (code, output, error) = await RunServer(arguments.Split(' '));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal((2, ""), (code, output));
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line_and_code_1()
    {
        using var server = MockServerFixture.Start();
        var (code, output, error) = await RunServer("--port", $"{server.Address.Port}");
        Assert.Equal($"--port {server.Address.Port}: already in use; choose another, or 0 for any free port", error.Trim());
        Assert.Equal((1, ""), (code, output));
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (code, output, _) = await RunServer("--help");
        Assert.Equal(0, code);
        string[] names =
            [.. new ScenarioOptions().All.Select(option => option.Name), "--port", "--bind", "--remote-control", "--end-with-input"];
        Assert.All(names, name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Contains("Default 5080.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task A_signal_ends_it_at_once_with_code_0_even_while_it_serves(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        if (signal == "-INT") Interrupts.SkipWhereIgnored();
        using var process = StartServer("--port", "0", "--latency", "600000");
        var ready = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(ready!.Split(' ')[^1]) };
        var pending = client.GetAsync("/dice", TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await Process.Start("kill", [signal, $"{process.Id}"]).WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, process.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task A_server_that_ends_with_its_input_ignores_Ctrl_C()
    {
        Interrupts.SkipWhereIgnored();
        // Started as the benchmarks start it: it ends with its input.
        using var server = MockServerFixture.Start("--latency", "0");
        await Process.Start("kill", ["-INT", $"{server.ProcessId}"]).WaitForExitAsync(TestContext.Current.CancellationToken);
        // It takes a server of its own a fraction of this to end.
        await Task.Delay(1000, TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.OK], await server.SendRequests("/dice", 1));
    }

    /// <remarks>The shell is the parent that holds the other end of the server's standard input.</remarks>
    [Fact]
    public async Task It_ends_when_its_parent_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The parent of this test is a shell.");
        const string Script = "exec 3> >(exec dotnet exec \"$0\" --port 0 --end-with-input); echo $!; read -r";
        var start = new ProcessStartInfo("bash", ["-c", Script, BuiltProgram.MockServer])
        {
            // The shell waits for input that never comes: a child such as sleep would hold the server's pipe open too.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var parent = Process.Start(start)!;
        var lines = new List<string>();
        while (lines.Count < 2) lines.Add((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        Assert.Contains(lines, line => line.StartsWith("Listening on http://127.0.0.1:", StringComparison.Ordinal));
        var id = int.Parse(lines.First(line => char.IsDigit(line[0])), CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);

        parent.Kill(entireProcessTree: false);
        var hasEnded = server.WaitForExit(TimeSpan.FromMinutes(2));
        if (!hasEnded) server.Kill();
        Assert.True(hasEnded);
    }

    private static async Task<(int Code, string Output, string Error)> RunServer(params string[] arguments)
    {
        using var process = StartServer(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5))) process.Kill();
        return (process.ExitCode, await output, await error);
    }

    private static Process StartServer(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", BuiltProgram.MockServer, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}

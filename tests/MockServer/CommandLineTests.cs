using System.Diagnostics;
using System.Globalization;
using System.Net;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

/// <summary>The server's command line in processes of its own: what it prints, and how it ends.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class CommandLineTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public async Task Invalid_arguments_are_one_line_on_standard_error_and_code_2()
    {
        var (code, output, error) = await RunServer("--bind", "here");
        Assert.StartsWith("--bind here: must be an IP address", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal((2, ""), (code, output));
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line_and_code_1()
    {
        var port = fixture.Address.Port;
        var (code, output, error) = await RunServer("--port", $"{port}");
        Assert.Equal($"--port {port}: already in use; choose another, or 0 for any free port", error.Trim());
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
        var server = fixture.UseScenario("--latency 0");
        await Process.Start("kill", ["-INT", $"{server.ProcessId}"]).WaitForExitAsync(TestContext.Current.CancellationToken);
        // A server that obeys ends within a fraction of this.
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

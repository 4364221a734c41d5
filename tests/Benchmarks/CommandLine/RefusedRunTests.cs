using System.Net;
using System.Net.Sockets;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Runs that are refused before anything is built, in processes of their own, which leave no file and no process.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class RefusedRunTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    /// <summary>Those that are only found once the cases are known, which a Debug build refuses to run.</summary>
    public static TheoryData<string, string[]> Incompatible => new()
    {
        { "--latency-jitter 900…--latency", ["--latency-jitter", "900"] },
        { "--workers 5…Session…--filter '*.Strategies.*'", ["--workers", "5", "--filter", "*Session*"] },
        { "--no-audit…Capacity", ["--no-audit", "--filter", "*Capacity*"] },
        { "--protocol http2…asynchronous", ["--protocol", "http2"] },
        { "--protocol https…http1…ColdStartTool", ["--protocol", "https", "--filter", "*.ColdStartTool.*"] },
        { "--server http://127.0.0.1:1/", ["--server", "http://127.0.0.1:1"] },
    };

    [Theory]
    [MemberData(nameof(Incompatible))]
    public void Arguments_that_do_not_fit_the_cases_or_the_server_start_and_leave_nothing(string named, string[] arguments) =>
        AssertRefused(named, arguments);

    [Fact]
    public async Task A_web_server_that_is_no_mock_server_is_refused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var ended = new CancellationTokenSource();
        var answering = AnswerEverything(other, ended.Token);
        var url = $"http://{other.LocalEndpoint}/";

        AssertRefused($"--server {url}…not a mock server", "--server", url);

        await ended.CancelAsync();
        await answering;
    }

    [Fact]
    public void A_server_that_another_run_holds_is_refused_in_one_line()
    {
        using var otherRun = server.Control.AcquireRun();
        using var program = new RunningProgram(BuiltProgram.Release, ["--server", server.Address.ToString(), "--quick"]);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.StartsWith(server.Address.ToString(), Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        AssertNothingLeft(program);
    }

    private static void AssertRefused(string named, params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Release, arguments);

        InvalidArguments.AssertRefused(named, program.WaitForExit());

        AssertNothingLeft(program);
    }

    private static void AssertNothingLeft(RunningProgram program)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
        program.AssertNoProcessLeft();
    }

    /// <summary>200 and an empty object, whatever is asked.</summary>
    private static async Task AnswerEverything(TcpListener listener, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ended);
                var stream = client.GetStream();
                Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], ended));
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray(), ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}

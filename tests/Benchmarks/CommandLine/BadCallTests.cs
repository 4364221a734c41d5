using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>A wrong call: one line that says what is wrong, exit code 2, and nothing left running.</summary>
public sealed class BadCallTests
{
    /// <summary>What the line must name, and the call.</summary>
    public static TheoryData<string, string[]> Bad => new()
    {
        { "--workers 0: takes whole numbers", ["--workers", "0"] },
        { "--workers a: takes whole numbers", ["--workers", "a"] },
        { "--workers 1,,2: takes whole numbers", ["--workers", "1,,2"] },
        { "--workers -3: takes whole numbers", ["--workers", "-3"] },
        { "--workers", ["--workers"] },
        { "--downloads 0: takes a whole number", ["--downloads", "0"] },
        { "--downloads 1.5: takes a whole number", ["--downloads", "1.5"] },
        { "--latency -1: must be a number of milliseconds", ["--latency", "-1"] },
        { "--latency x: must be a number of milliseconds", ["--latency", "x"] },
        { "--fault-share 2: must be", ["--fault-share", "2"] },
        { "--latency-jitter 900: must be between 0 and --latency", ["--latency-jitter", "900"] },
        { "--workers 5: takes suites that compare worker counts; Session has its own", ["--workers", "5", "--filter", "*Session*"] },
        { "--no-audit: takes suites whose downloads may not fail; Capacity", ["--no-audit", "--filter", "*Capacity*"] },
        { "--protocol http2: takes asynchronous strategies", ["--protocol", "http2"] },
        { "--server nowhere: must be the http URL", ["--server", "nowhere"] },
        { "--server ftp://127.0.0.1/: must be the http URL", ["--server", "ftp://127.0.0.1/"] },
        { "nonsense", ["--nonsense"] },
        { "dowload", ["dowload", "http://127.0.0.1/"] },
        { "foo", ["--job", "foo"] },
        { "--filter *Nobody*: matches no case", ["--filter", "*Nobody*"] },
        { "--filter *Nobody*: matches no case", ["--filter", "*Nobody*", "--list", "flat"] },
        { "--strategy Foo: takes one of Sequential, ", ["download", "--strategy", "Foo", "http://127.0.0.1/"] },
        { "--workers 0: takes a whole number", ["download", "--workers", "0", "http://127.0.0.1/"] },
        { "--repeat x: takes a whole number", ["download", "--repeat", "x", "http://127.0.0.1/"] },
        { "--timeout 0: takes seconds", ["download", "--timeout", "0", "http://127.0.0.1/"] },
        { "--max-bytes -1: takes a whole number", ["download", "--max-bytes", "-1", "http://127.0.0.1/"] },
        { "--nonsense", ["download", "--nonsense", "http://127.0.0.1/"] },
        { "--input /nowhere/urls.txt: takes a file that can be read", ["download", "--input", "/nowhere/urls.txt"] },
        { "--input /: takes a file that can be read", ["download", "--input", "/"] },
        { "download: takes URLs, or --input", ["download"] },
        { "download: takes URLs, or --input", ["download", "--input", "-"] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void One_line_says_what_is_wrong(string says, string[] arguments) => AssertRefused(BuiltProgram.Release, says, arguments);

    [Fact]
    public void A_server_that_nobody_runs() =>
        AssertRefused(BuiltProgram.Release, "--server http://127.0.0.1:1/: no server is listening.", "--server", "http://127.0.0.1:1");

    [Fact]
    public async Task Another_web_server_than_ours()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var ended = new CancellationTokenSource();
        var answering = Conclusion(other, ended.Token);
        var url = $"http://{other.LocalEndpoint}/";

        AssertRefused(BuiltProgram.Release, $"--server {url}: not a mock server of this project.", "--server", url);

        await ended.CancelAsync();
        await answering;
    }

    [Fact]
    public void A_Debug_build_refuses_to_measure() => AssertRefused(BuiltProgram.Debug, "Run: dotnet run -c Release --project benchmarks", "--quick");

    [Fact]
    public void A_taken_port_is_an_error_of_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var program = new RunningProgram(BuiltProgram.MockServer, ["--port", $"{port}"]);

        var outcome = program.End();

        Assert.True(outcome.ExitCode == 1, outcome.ToString());
        Assert.Empty(outcome.Output);
        Assert.Contains($"{port}", Assert.Single(outcome.Errors), StringComparison.Ordinal);
    }

    private static void AssertRefused(string assembly, string says, params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(assembly, arguments);

        var outcome = program.End();

        Assert.True(outcome.ExitCode == 2, outcome.ToString());
        Assert.Empty(outcome.Output);
        Assert.Contains(says, Assert.Single(outcome.Errors), StringComparison.Ordinal);
        Assert.Empty(program.Alive());
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
    }

    /// <summary>200 and no more, whatever is asked.</summary>
    private static async Task Conclusion(TcpListener listener, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ended);
                var stream = client.GetStream();
                Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], ended));
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"), ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}

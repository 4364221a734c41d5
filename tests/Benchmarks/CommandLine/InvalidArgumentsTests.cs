using System.Net;
using System.Net.Sockets;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Invalid arguments: one line that says what is wrong, and exit code 2.</summary>
[Collection(TestCollections.Alone)]
public sealed class InvalidArgumentsTests
{
    /// <summary>What the line must name, separated by <c>…</c>: the option with its value, and what it takes. And the arguments.</summary>
    public static TheoryData<string, string[]> Invalid => new()
    {
        { "--workers 0…1…10000", ["--workers", "0"] },
        { "--workers a…1…10000", ["--workers", "a"] },
        { "--workers 1,,2…1…10000", ["--workers", "1,,2"] },
        { "--workers -3…1…10000", ["--workers", "-3"] },
        { "--workers", ["--workers"] },
        { "--downloads 0…1…10000000", ["--downloads", "0"] },
        { "--downloads 1.5…1…10000000", ["--downloads", "1.5"] },
        { "--latency -1…0…600000", ["--latency", "-1"] },
        { "--latency x…0…600000", ["--latency", "x"] },
        { "--fault-share 2…0…1", ["--fault-share", "2"] },
        { "--server nowhere…http", ["--server", "nowhere"] },
        { "--server ftp://127.0.0.1/…http", ["--server", "ftp://127.0.0.1/"] },
        { "nonsense", ["--nonsense"] },
        { "dowload", ["dowload", "http://127.0.0.1/"] },
        { "foo", ["--job", "foo"] },
        { "--job short…--rounds", ["--job", "short"] },
        { "--iterationCount 0…1 or more", ["--iterationCount", "0"] },
        { "--runtimes net9.0….NET 10", ["--runtimes", "net9.0"] },
        { "--launchCount 2…--rounds 2", ["--launchCount", "2"] },
        { "--rounds 0…1…100", ["--rounds", "0"] },
        { "'itertionCount'…--iterationCount", ["--itertionCount", "3"] },
        { "'wrkers'…--workers", ["--wrkers", "3"] },
        { "--filter *Capcity*…'*Capacity*'", ["--filter", "*Capcity*"] },
        { "--filter *Nobody*…no case", ["--filter", "*Nobody*"] },
        { "--filter *Nobody*…no case", ["--filter", "*Nobody*", "--list", "flat"] },
        { "--strategy Foo…Sequential, ", ["download", "--strategy", "Foo", "http://127.0.0.1/"] },
        { "--workers 0…1…10000", ["download", "--workers", "0", "http://127.0.0.1/"] },
        { "--repeat x…1…1000000", ["download", "--repeat", "x", "http://127.0.0.1/"] },
        { "--timeout 0…0.001…86400", ["download", "--timeout", "0", "http://127.0.0.1/"] },
        { "--max-bytes -1…0…9223372036854775807", ["download", "--max-bytes", "-1", "http://127.0.0.1/"] },
        { "--nonsense", ["download", "--nonsense", "http://127.0.0.1/"] },
        { "--input /nowhere/urls.txt…file", ["download", "--input", "/nowhere/urls.txt"] },
        { "--input /…file", ["download", "--input", "/"] },
        { "download…--input", ["download"] },
        { "download…--input", ["download", "--input", "-"] },
    };

    /// <summary>Those that are only found once the cases are known, which a Debug build refuses to run.</summary>
    public static TheoryData<string, string[]> Incompatible => new()
    {
        { "--latency-jitter 900…--latency", ["--latency-jitter", "900"] },
        { "--workers 5…Session…--filter '*.Strategies.*'", ["--workers", "5", "--filter", "*Session*"] },
        { "--no-audit…Capacity", ["--no-audit", "--filter", "*Capacity*"] },
        { "--protocol http2…asynchronous", ["--protocol", "http2"] },
        { "--server http://127.0.0.1:1/", ["--server", "http://127.0.0.1:1"] },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task One_line_names_the_option_the_value_and_what_it_takes(string named, string[] arguments) =>
        AssertInvalid(named, await InProcessCommand.Run(arguments));

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
    public async Task A_Debug_build_refuses_to_measure()
    {
        var result = await InProcessCommand.Run(() => DebugBuild.RunAsync("--quick"));

        AssertInvalid("Debug build…dotnet run -c Release --project benchmarks", result);
    }

    [Fact]
    public void A_taken_port_is_an_error_of_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var program = new RunningProgram(BuiltProgram.MockServer, ["--port", $"{port}"]);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains($"{port}", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    /// <summary>In a process of its own, which must leave no file and no process.</summary>
    private static void AssertRefused(string named, params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(BuiltProgram.Release, arguments);

        AssertInvalid(named, program.WaitForExit());

        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
        program.AssertNoProcessLeft();
    }

    private static void AssertInvalid(string named, ProgramResult result)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        var line = Assert.Single(result.Errors);
        foreach (var part in named.Split('…'))
        {
            var position = line.IndexOf(part, StringComparison.Ordinal);
            Assert.True(position >= 0, $"\"{part}\" of \"{named}\" is missing, or not in this order: {result.Errors[0]}");
            line = line[(position + part.Length)..];
        }
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

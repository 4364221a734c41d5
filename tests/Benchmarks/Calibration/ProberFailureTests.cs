using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>Servers from which nothing can be learnt: one line says why.</summary>
public sealed class ProberFailureTests
{
    public static TheoryData<string, string> Useless => new()
    {
        {
            "HTTP/1.1 301 Moved Permanently\r\nLocation: https://example.org/x\r\nContent-Length: 0\r\n\r\n",
            "answers with a redirect to https://example.org/x: calibrate that URL."
        },
        { ScriptedServer.NotFound, "answers 404 Not Found; must be a URL whose answer has status 200 to 299." },
        {
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
            "refuses every request: 503 Service Unavailable."
        },
        { "HTTP/1.1 429 Slow Down\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n", "refuses every request: 429 Slow Down." },
        { "HTTP/1.1 500 Oh No\r\nContent-Length: 0\r\n\r\n", "500 Oh No." },
        { "what is this?\r\n\r\n", "invalid status line" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort", "no whole answer within 1 s" },
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public async Task A_server_of_no_use_is_named_with_the_reason(string answer, string reason)
    {
        using var server = new ScriptedServer(_ => answer);

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.StartsWith(server.Page.AbsoluteUri, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(server.PageRequests.Count, 1, 5);
    }

    /// <summary>Where the server asks for a wait, there may be no third request.</summary>
    [Theory]
    [InlineData("Retry-After: 1", "refuses every request: 503 Service Unavailable.")]
    [InlineData(
        "Retry-After: 3600",
        "refuses every request: 503 Service Unavailable. The server asked to wait for 60 minutes, which is longer than a calibration "
            + "waits.")]
    public async Task A_server_that_refuses_every_request_and_asks_to_wait_is_named_with_that_reason(string wait, string reason)
    {
        using var server = new ScriptedServer(_ => $"HTTP/1.1 503 Service Unavailable\r\n{wait}\r\nContent-Length: 0\r\n\r\n");

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Equal($"{server.Page}: the server {reason}", error.Message);
        Assert.InRange(server.PageRequests.Count, 1, 3);
    }

    [Fact]
    public async Task A_server_that_hangs_is_asked_once()
    {
        using var server = new ScriptedServer(_ => (string?)null);

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Equal($"{server.Page}: no answer within 1 s.", error.Message);
        Assert.Single(server.PageRequests);
    }

    [Fact]
    public async Task A_server_that_fails_later_ends_it()
    {
        using var server = new ScriptedServer(request =>
            request.Index < 40 ? ScriptedServer.Ok : "HTTP/1.1 500 Oh No\r\nContent-Length: 0\r\n\r\n");

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.EndsWith("of the last 30 requests failed, the last one with: 500 Oh No.", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.PageRequests.Count, 50, 60);
    }

    [Fact]
    public async Task A_few_failures_do_not_end_it()
    {
        using var server = new ScriptedServer(request =>
            request.Index % 10 == 9 ? "HTTP/1.1 500 Oh No\r\nContent-Length: 0\r\n\r\n" : ScriptedServer.Ok);

        var observations = await Run(server);

        Assert.Equal(32, observations.MaxWorkers);
        Assert.InRange(observations.Requests.Count(request => request.Outcome == ObservedOutcome.Failed), 20, 30);
    }

    [Fact]
    public async Task Nobody_listening_is_one_line()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok);
        server.Dispose();

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Contains("robots.txt: cannot be read (connection refused)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>U+202E reverses the text behind it. A Uri's own text has it unescaped.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\nUser-agent: *\nDisallow: /", "does not allow")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /r%E2%80%AE\r\nContent-Length: 0\r\n\r\n", "answers with a redirect to")]
    public async Task No_URL_is_printed_with_characters_that_change_how_a_line_looks(string robots, string reason)
    {
        // A second redirect leads elsewhere.
        using var server = new ScriptedServer(
            request => request.Path.StartsWith("/r", StringComparison.Ordinal)
                ? "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/%E2%80%AE\r\nContent-Length: 0\r\n\r\n"
                : null,
            robots);

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server, "/i%E2%80%AE"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', error.Message);
    }

    private static Task<Observations> Run(ScriptedServer server, string path = "/page")
    {
        var options = new ProbeOptions(ProbeTarget.Parse([new Uri(server.Address, path).AbsoluteUri]))
        {
            RequestTimeout = TimeSpan.FromSeconds(1),
            PauseAfterRobots = TimeSpan.Zero,
        };
        return new Prober(options).RunAsync(TestContext.Current.CancellationToken);
    }
}

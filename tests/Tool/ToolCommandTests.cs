using System.Diagnostics;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>The lines and exit codes of the tool, called in this process, against the real mock server.</summary>
public sealed class ToolCommandTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public async Task Every_strategy_is_found_by_its_name_in_any_case(string name)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        server.Control.ResetAudit();

        var outcome = await Download("--strategy", name.ToUpperInvariant(), "--workers", "3", "--repeat", "10", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Equal(10, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
        Assert.Equal("Downloaded 10 in N seconds", DownloadSummary.WithoutTime(outcome));
        Assert.Equal(10, server.Control.ReadAudit().Requests.Count);
    }

    [Fact]
    public async Task URLs_are_printed_as_they_were_given()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var found = $"HTTP://LOCALHOST:{server.Dice.Port}/any/../%64ice";
        var missing = $"HTTP://LOCALHOST:{server.Dice.Port}/any/../%6Dissing";

        var outcome = await Download(found, missing);

        Assert.Equal($"Read 276 from {found}", outcome.Output[0]);
        Assert.Equal([$"Failed {missing}: 404 Not Found"], outcome.Errors);
    }

    [Fact]
    public async Task A_failed_download_is_a_line_with_its_reason_and_the_others_go_on()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var missing = new Uri(server.Dice, "/missing");

        var outcome = await Download("no URL", "ftp://127.0.0.1/file", "http://127.0.0.1:1/", $"{missing}", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 1, outcome.ToString());
        Assert.Equal($"Read 276 from {server.Dice}", outcome.Output[0]);
        Assert.Equal("Downloaded 1 in N seconds, 4 failed", DownloadSummary.WithoutTime(outcome));
        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal(
            ((string[])[
                $"Failed {missing}: 404 Not Found",
                "Failed ftp://127.0.0.1/file: The scheme must be http or https, not ftp",
                "Failed http://127.0.0.1:1/: Connection refused",
                "Failed no URL: must be an absolute http or https URL",
            ]).Order(StringComparer.Ordinal),
            outcome.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_but_bad_URLs_is_a_failure_too()
    {
        var outcome = await Download("--repeat", "2", "no URL");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(2, outcome.Errors.Count);
        Assert.Equal("Downloaded 0 in N seconds, 2 failed", DownloadSummary.WithoutTime(outcome));
    }

    [Fact]
    public async Task Passwords_in_URLs_are_not_printed_and_a_URL_cannot_forge_a_line()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var host = $"127.0.0.1:{server.Dice.Port}";

        var outcome = await Download(
            $"http://user:secret@{host}/dice", $"http://user:secret@{host}/missing", $"http://user:sec/ret@{host}/dice",
            $"http://{host}/a\nFailed http://{host}/dice: 404 Not Found\u001B[2J");

        Assert.Equal($"Read 276 from http://***@{host}/dice", outcome.Output[0]);
        Assert.Equal(
            ((string[])[
                $"Failed http://***@{host}/dice: must be an absolute http or https URL",
                $"Failed http://***@{host}/missing: 404 Not Found",
                $"Failed http://{host}/a\\u000AFailed http://{host}/dice: 404 Not Found\\u001B[2J: 404 Not Found",
            ]).Order(StringComparer.Ordinal),
            outcome.Errors.Order(StringComparer.Ordinal));
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task A_body_longer_than_allowed_fails()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });

        var outcome = await Download("--max-bytes", "10965", $"{server.Jython}", $"{server.Dice}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal([$"Failed {server.Jython}: The body is longer than 10965 bytes"], outcome.Errors);
        Assert.Equal("Downloaded 1 in N seconds, 1 failed", DownloadSummary.WithoutTime(outcome));
        Assert.Equal(0, (await Download("--max-bytes", "10966", $"{server.Jython}")).ExitCode);
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public async Task A_download_that_takes_too_long_fails(string strategy)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMinutes(5) });
        var watch = Stopwatch.StartNew();

        var outcome = await Download("--strategy", strategy, "--timeout", "0.3", $"{server.Dice}", $"{server.Jython}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            [$"Failed {server.Dice}: Timed out", $"Failed {server.Jython}: Timed out"],
            outcome.Errors.Order(StringComparer.Ordinal));
        Assert.Equal("Downloaded 0 in N seconds, 2 failed", DownloadSummary.WithoutTime(outcome));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private static Task<ProgramResult> Download(params string[] arguments) => InProcessTool.Run(arguments);
}

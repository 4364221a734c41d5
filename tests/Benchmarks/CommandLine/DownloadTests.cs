using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary><c>download</c> as users run it, against the real mock server.</summary>
public sealed partial class DownloadTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    [Fact]
    public void The_article_s_160_downloads_are_printed_and_counted()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(5) });
        server.Control.ResetAudit();

        var outcome = Download("--strategy", "WhenAll", "--workers", "5", "--repeat", "80", $"{server.Jython}", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Empty(outcome.Errors);
        Assert.Equal(161, outcome.Output.Count);
        Assert.Equal(80, outcome.Output.Count(line => line == $"Read 10966 from {server.Jython}"));
        Assert.Equal(80, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
        Assert.Equal("Downloaded 160 in N seconds", Summary(outcome));
        var log = server.Control.ReadAudit();
        Assert.Equal(160, log.Requests.Count);
        Assert.Equal(5, ConcurrencyCalculator.Peak(log.Requests));
        Assert.InRange(log.Requests.DistinctBy(request => request.Connection).Count(), 1, 5);
    }

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public void Every_strategy_is_found_by_its_name_in_any_case(string name)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        server.Control.ResetAudit();

        var outcome = Download("--strategy", name.ToUpperInvariant(), "--workers", "3", "--repeat", "10", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Equal(10, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
        Assert.Equal("Downloaded 10 in N seconds", Summary(outcome));
        Assert.Equal(10, server.Control.ReadAudit().Requests.Count);
    }

    [Fact]
    public void URLs_are_printed_as_they_were_given()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var found = $"HTTP://LOCALHOST:{server.Dice.Port}/any/../%64ice";
        var missing = $"HTTP://LOCALHOST:{server.Dice.Port}/any/../%6Dissing";

        var outcome = Download(found, missing);

        Assert.Equal($"Read 276 from {found}", outcome.Output[0]);
        Assert.Equal([$"Failed {missing}: 404 Not Found"], outcome.Errors);
    }

    [Fact]
    public void A_failed_download_is_a_line_with_its_reason_and_the_others_go_on()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var missing = new Uri(server.Dice, "/missing");

        var outcome = Download("no URL", "ftp://127.0.0.1/file", "http://127.0.0.1:1/", $"{missing}", $"{server.Dice}");

        Assert.True(outcome.ExitCode == 1, outcome.ToString());
        Assert.Equal([$"Read 276 from {server.Dice}", "Downloaded 1 in N seconds, 4 failed"], [outcome.Output[0], Summary(outcome)]);
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
    public void Nothing_but_bad_URLs_is_a_failure_too()
    {
        var outcome = Download("--repeat", "2", "no URL");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(2, outcome.Errors.Count);
        Assert.Equal("Downloaded 0 in N seconds, 2 failed", Summary(outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void URLs_are_read_from_a_file_or_standard_input(bool file)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var list = $"# two pages\n{server.Jython}\n\n   {server.Dice}  \r\n";
        var path = Path.GetTempFileName();
        File.WriteAllText(path, list);

        string[] arguments = ["download", "--input", file ? path : "-", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments, file ? "" : list);
        var outcome = program.WaitForExit();

        File.Delete(path);
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Equal("Downloaded 3 in N seconds", Summary(outcome));
        Assert.Equal(2, outcome.Output.Count(line => line == $"Read 276 from {server.Dice}"));
    }

    [Fact]
    public void Passwords_in_URLs_are_not_printed_and_a_URL_cannot_forge_a_line()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });
        var host = $"127.0.0.1:{server.Dice.Port}";

        var outcome = Download(
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
    public void A_body_longer_than_allowed_fails()
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });

        var outcome = Download("--max-bytes", "10965", $"{server.Jython}", $"{server.Dice}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal([$"Failed {server.Jython}: The body is longer than 10965 bytes"], outcome.Errors);
        Assert.Equal("Downloaded 1 in N seconds, 1 failed", Summary(outcome));
        Assert.Equal(0, Download("--max-bytes", "10966", $"{server.Jython}").ExitCode);
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    public void A_download_that_takes_too_long_fails(string strategy)
    {
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMinutes(5) });
        var watch = Stopwatch.StartNew();

        var outcome = Download("--strategy", strategy, "--timeout", "0.3", $"{server.Dice}", $"{server.Jython}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            [$"Failed {server.Dice}: Timed out", $"Failed {server.Jython}: Timed out"],
            outcome.Errors.Order(StringComparer.Ordinal));
        Assert.Equal("Downloaded 0 in N seconds, 2 failed", Summary(outcome));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("WhenAll")]
    [InlineData("DedicatedThreads")]
    [InlineData("Sequential")]
    public async Task Interrupted_it_prints_what_was_done_so_far_and_ends(string strategy)
    {
        Interrupts.SkipWhereIgnored();
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(300) });
        server.Control.ResetAudit();
        string[] arguments = ["download", "--strategy", strategy, "--workers", "2", "--repeat", "1000", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments);
        await Eventually.Is(true, () => program.Output.Count >= 2);

        program.Signal("INT");
        var interrupted = Stopwatch.StartNew();
        var outcome = program.WaitForExit();

        // All 1000 would take minutes.
        Assert.InRange(interrupted.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.True(outcome.ExitCode == 130, outcome.ToString());
        Assert.Empty(outcome.Errors);
        var read = outcome.Output.Count(line => line == $"Read 276 from {server.Dice}");
        Assert.Equal(read + 1, outcome.Output.Count);
        Assert.Equal($"Downloaded {read} in N seconds, {1000 - read} not done", Summary(outcome));
        await Eventually.Is(0, () => server.Control.ReadAudit().InFlight);
        Assert.Empty(program.FindProcesses());
    }

    private static ProgramResult Download(params IReadOnlyList<string> arguments) => BuiltProgram.RunBenchmarks(["download", .. arguments]);

    /// <summary>The last line, without the time, which must be one of two decimals.</summary>
    private static string Summary(ProgramResult outcome)
    {
        var summary = outcome.Output[^1];
        Assert.True(double.Parse(Time().Match(summary).Groups[1].Value, CultureInfo.InvariantCulture) >= 0);
        return Time().Replace(summary, "in N seconds");
    }

    [GeneratedRegex(@"in (\d+\.\d\d) seconds")]
    private static partial Regex Time();
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.Reports;

public sealed class TextReportTests
{
    private const string Hostile = "</script><b>|`*_[x](y)\n# heading";

    [Fact]
    public void The_markdown_holds_answer_table_audit_machine_and_links()
    {
        var analysis = SampleRuns.Analyse(SampleRuns.Everything());
        var text = MarkdownView.Render(analysis);

        foreach (var suite in analysis.Suites) Assert.Contains($"\n## {suite.Result.Name}\n", text, StringComparison.Ordinal);
        Assert.Contains("**Recommended: ParallelForEachAsync, a tie with ", text, StringComparison.Ordinal);
        Assert.Contains("Audit: passed for 23 rows of 23.", text, StringComparison.Ordinal);
        Assert.Contains("- Cores: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("(<Downloader.Benchmarks.Strategies-report.html>)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench", "bench -- --shuffle-seed 1597")]
    [InlineData("bench -- --filter '*Session*'", "bench -- --filter '*Session*' --shuffle-seed 1597")]
    [InlineData("bench -- --shuffle-seed 1597 --rounds 5", "bench -- --shuffle-seed 1597 --rounds 5")]
    [InlineData("bench -- calibrate http://127.0.0.1 --run", "bench -- calibrate http://127.0.0.1 --run")]
    public void Several_rounds_are_repeated_in_the_same_order(string command, string repeated)
    {
        var run = SampleRuns.CreateRun(SampleRuns.Session()) with { Rounds = 3, ShuffleSeed = 1597, Command = command };
        var analysis = SampleRuns.Analyse(run);

        Assert.Contains($"```\n{repeated}\n```", MarkdownView.Render(analysis), StringComparison.Ordinal);
        Assert.Contains($">{repeated}</pre>", HtmlView.Render(analysis).Replace("&#39;", "'"), StringComparison.Ordinal);
        Assert.All(
            [MarkdownView.Render(analysis), HtmlView.Render(analysis)],
            text => Assert.Contains("shuffled in each round (--shuffle-seed 1597)", text, StringComparison.Ordinal));
    }

    [Fact]
    public void One_round_names_no_seed()
    {
        var analysis = SampleRuns.Analyse(SampleRuns.CreateRun(SampleRuns.Session()) with { Rounds = 1, ShuffleSeed = 1597 });

        Assert.DoesNotContain("1597", MarkdownView.Render(analysis), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_a_markdown_table_has_the_same_columns_and_width()
    {
        foreach (var table in MarkdownView.Render(SampleRuns.Analyse(SampleRuns.Everything())).Split("\n\n")
            .Where(block => block.StartsWith('|')))
        {
            var lines = table.TrimEnd().Split('\n');
            Assert.Single(lines.Select(line => line.Length).Distinct());
            Assert.Single(lines.Select(line => line.Count(letter => letter == '|')).Distinct());
        }
    }

    [Fact]
    public void A_hostile_name_is_only_text_in_markdown()
    {
        var text = MarkdownView.Render(SampleRuns.Analyse(WithHostileNames()));

        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# heading", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](y)", text.Replace("\\[x]", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_audit_stands_first_and_says_what_was_expected_and_seen()
    {
        var row = SampleRuns.Simulated("WhenAll", 5) with { AuditFindings = ["Expected 960 requests, saw 959."] };
        var text = MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(new SuiteResult("Strategies", "Which?", new Scenario(),
            [SampleRuns.Simulated("Sequential", null), row]))));

        Assert.StartsWith("# Concurrent downloads: benchmark report\n\n> **Warning:** The audit failed for 1 row of 2", text);
        Assert.Contains("- WhenAll with 5 workers: Expected 960 requests, saw 959.", text, StringComparison.Ordinal);
        Assert.Contains("| FAILED |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_scenario_of_a_suite_is_told_once_with_the_variants_it_was_for()
    {
        var text = MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(SampleRuns.Tail())));

        Assert.Contains("\nServer settings for constant:\n\n- Latency asked: constant, 50 ms\n", text, StringComparison.Ordinal);
        Assert.Contains("\nServer settings for heavy tail and heavier:\n\n- Latency asked: log-normal, median 25 ms, 99th percentile "
            + "387 ms\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("Server settings").Length - 1);
    }

    [Fact]
    public void A_suite_of_one_scenario_tells_it_without_naming_variants()
    {
        var tail = SampleRuns.Tail();
        var text = MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(tail with
        {
            Cases = [.. tail.Cases.Select(row =>
            row with { Scenario = null })]
        })));

        Assert.Contains("\nServer settings:\n\n- Latency asked: constant, 50 ms\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("Server settings").Length - 1);
    }

    [Fact]
    public void Failures_that_nobody_counted_stand_as_unknown_in_tables()
    {
        var suite = SampleRuns.Capacity();
        var analysis = SampleRuns.Analyse(SampleRuns.CreateRun(suite with
        {
            Cases = [.. suite.Cases.Select(row =>
            row.WithIterations(iteration => iteration with { Failed = null }) with { AllowFailures = true })]
        }));

        Assert.Contains("| unknown |", MarkdownView.Render(analysis), StringComparison.Ordinal);
        var onConsole = OnConsole(analysis);
        Assert.Contains("unknown", onConsole.Split('\n').Single(line => line.Contains("WhenAllUnbounded", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Efficiency_is_left_out_where_waiting_in_the_servers_queue_would_count_as_service()
    {
        Assert.DoesNotContain("Efficiency", MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(SampleRuns.Capacity()))),
            StringComparison.Ordinal);
        Assert.Contains("Efficiency", MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(SampleRuns.Strategies()))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_ends_with_answer_table_and_whole_paths()
    {
        var path = "/a/" + new string('d', 200) + "/report.html";
        var text = OnConsole(SampleRuns.Analyse(SampleRuns.CreateRun(SampleRuns.Strategies())),
            new ReportPaths(path, "/b/report.md", "/b/report.json", "/b/report.openmetrics.txt"));

        Assert.Contains(" rows tie for best with 64 workers: ", text, StringComparison.Ordinal);
        Assert.Contains("DedicatedThreads", text, StringComparison.Ordinal);
        Assert.Contains(path + "\n/b/report.md\n/b/report.json\n/b/report.openmetrics.txt\n", text.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_terminal_the_console_gets_plain_text_whatever_the_names_hold()
    {
        var text = OnConsole(SampleRuns.Analyse(WithHostileNames()));

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("</script>", text, StringComparison.Ordinal);
    }

    internal static RunResult WithHostileNames() => SampleRuns.CreateRun(SampleRuns.Strategies() with
    {
        Name = Hostile,
        Question = Hostile,
        Cases =
        [
            SampleRuns.Simulated("Sequential", null),
            SampleRuns.Simulated("WhenAll", 5) with { Variant = Hostile },
            SampleRuns.Simulated("WhenAll", 16) with { Variant = Hostile, AuditFindings = [Hostile] },
        ],
    });

    [Theory]
    [InlineData(160)]
    [InlineData(100)]
    public void Each_row_of_the_console_stands_on_one_line_however_wide_its_intervals(int width)
    {
        // Intervals as wide as the figures, several reasons of failure, retries.
        var reasons = new Dictionary<string, int> { ["503 Service Unavailable"] = 90, ["The connection was reset"] = 12 };
        CaseResult[] cases =
        [
            SampleRuns.Rounded("Sequential", null, 12_345, deviation: 0.3),
            .. from strategy in (string[])["ParallelForEachAsync", "DedicatedThreads", "WhenAll"]
               from workers in (int[])[16, 64]
               select SampleRuns.Rounded(strategy, workers, 1234, deviation: 0.3).WithFigures(1000, 60, attempts: 171),
            SampleRuns.Rounded("WhenAllUnbounded", null, 400).WithFigures(failed: 102, failureReasons: reasons, attempts: 300),
        ];
        var suite = new SuiteResult("Strategies", "Which?", new Scenario(), cases);

        var lines = OnConsole(SampleRuns.Analyse(SampleRuns.CreateRun(suite)), width: width).ReplaceLineEndings("\n").Split('\n');

        var table = lines.SkipWhile(line => !line.Contains("Median ms", StringComparison.Ordinal)).Skip(2).TakeWhile(line =>
            line.Trim().Length > 0).ToArray();
        Assert.Equal(cases.Select(one => one.Strategy), table.Select(line => line.Trim().Split(' ')[0]));
        Assert.All(table, line => Assert.True(line.Length <= width, line));
        Assert.Contains(table, line => line.Contains("102 (503", StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_are_shown_wherever_they_differ_from_downloads()
    {
        var retried = new SuiteResult("Strategies", "Which?", new Scenario(),
            [SampleRuns.Rounded("WhenAll", 5, 100).WithFigures(attempts: 171), SampleRuns.Rounded("Channel", 5, 100)
                .WithFigures(attempts: 171)]);
        var plain = retried with { Cases = [.. retried.Cases.Select(one => one.WithFigures(attempts: 160))] };

        Assert.Contains("171", OnConsole(SampleRuns.Analyse(SampleRuns.CreateRun(retried))), StringComparison.Ordinal);
        Assert.Contains("Attempts", MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(retried))), StringComparison.Ordinal);
        Assert.DoesNotContain("Attempts", MarkdownView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(plain))), StringComparison.Ordinal);
    }

    private static string OnConsole(RunAnalysis analysis, ReportPaths? paths = null, int width = 160) =>
        PlainConsole.Render(width, console =>
        {
            ConsoleView.Render(analysis, console);
            if (paths is not null) ConsoleView.RenderPaths(paths, analysis.Run.Files, console);
        });
}

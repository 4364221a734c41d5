using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.Reports;

public sealed class TextReportTests
{
    private const string Hostile = "</script><b>|`*_[x](y)\n# heading";

    [Fact]
    public void The_markdown_holds_answer_table_audit_machine_and_links()
    {
        var analysis = RunAnalysis.Of(Sample.Everything());
        var text = MarkdownView.Render(analysis);

        foreach (var suite in analysis.Suites) Assert.Contains($"\n## {suite.Suite.Name}\n", text, StringComparison.Ordinal);
        Assert.Contains("**Recommended: ParallelForEachAsync with 64 workers", text, StringComparison.Ordinal);
        Assert.Contains("Audit: passed for 23 rows of 23.", text, StringComparison.Ordinal);
        Assert.Contains("- Cores: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("(<Downloader.Benchmarks.Strategies-report.html>)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_a_markdown_table_has_the_same_columns_and_width()
    {
        foreach (var table in MarkdownView.Render(RunAnalysis.Of(Sample.Everything())).Split("\n\n").Where(block => block.StartsWith('|')))
        {
            var lines = table.TrimEnd().Split('\n');
            Assert.Single(lines.Select(line => line.Length).Distinct());
            Assert.Single(lines.Select(line => line.Count(letter => letter == '|')).Distinct());
        }
    }

    [Fact]
    public void A_hostile_name_is_only_text_in_markdown()
    {
        var text = MarkdownView.Render(RunAnalysis.Of(WithHostileNames()));

        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# heading", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](y)", text.Replace("\\[x]", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_audit_stands_first_and_says_what_was_expected_and_seen()
    {
        var row = Sample.Simulated("WhenAll", 5) with { AuditFindings = ["Expected 960 requests, saw 959."] };
        var text = MarkdownView.Render(RunAnalysis.Of(Sample.Run(new SuiteResult("Strategies", "Which?", SuiteTopic.Strategies, new Scenario(), [Sample.Simulated("Sequential", null), row]))));

        Assert.StartsWith("# Concurrent downloads: benchmark report\n\n> **Warning:** The audit failed for 1 row of 2", text);
        Assert.Contains("- WhenAll with 5 workers: Expected 960 requests, saw 959.", text, StringComparison.Ordinal);
        Assert.Contains("| FAILED |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_scenario_of_a_suite_is_told_once_with_the_variants_it_was_for()
    {
        var text = MarkdownView.Render(RunAnalysis.Of(Sample.Run(Sample.Tail())));

        Assert.Contains("\nThe server was told for constant:\n\n- Latency asked: constant, 50 ms\n", text, StringComparison.Ordinal);
        Assert.Contains("\nThe server was told for heavy tail and heavier:\n\n- Latency asked: log-normal, median 25 ms, 99th percentile 387 ms\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("The server was told").Length - 1);
    }

    [Fact]
    public void A_suite_of_one_scenario_tells_it_without_naming_variants()
    {
        var tail = Sample.Tail();
        var text = MarkdownView.Render(RunAnalysis.Of(Sample.Run(tail with { Rows = [.. tail.Rows.Select(row => row with { Scenario = null })] })));

        Assert.Contains("\nThe server was told:\n\n- Latency asked: constant, 50 ms\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("The server was told").Length - 1);
    }

    [Fact]
    public void Failures_that_nobody_counted_stand_as_unknown_in_tables()
    {
        var suite = Sample.Capacity();
        var analysis = RunAnalysis.Of(Sample.Run(suite with { Rows = [.. suite.Rows.Select(row => row with { Failed = null, AllowFailures = true })] }));

        Assert.Contains("| unknown |", MarkdownView.Render(analysis), StringComparison.Ordinal);
        var onConsole = OnConsole(analysis, new ReportPaths("report.html", "report.md"));
        Assert.Contains("unknown", onConsole.Split('\n').Single(line => line.Contains("WhenAllUnbounded", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Efficiency_is_left_out_where_waiting_in_the_servers_queue_would_count_as_service()
    {
        Assert.DoesNotContain("Efficiency", MarkdownView.Render(RunAnalysis.Of(Sample.Run(Sample.Capacity()))), StringComparison.Ordinal);
        Assert.Contains("Efficiency", MarkdownView.Render(RunAnalysis.Of(Sample.Run(Sample.Strategies()))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_ends_with_answer_table_and_whole_paths()
    {
        var path = "/a/" + new string('d', 200) + "/report.html";
        var text = OnConsole(RunAnalysis.Of(Sample.Run(Sample.Strategies())), new ReportPaths(path, "/b/report.md"));

        Assert.Contains("ParallelForEachAsync with 64 workers ran ", text, StringComparison.Ordinal);
        Assert.Contains("DedicatedThreads", text, StringComparison.Ordinal);
        Assert.Contains(path + "\n/b/report.md\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_terminal_the_console_gets_plain_text_whatever_the_names_hold()
    {
        var text = OnConsole(RunAnalysis.Of(WithHostileNames()), new ReportPaths("report.html", "report.md"));

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("</script>", text, StringComparison.Ordinal);
    }

    internal static RunResult WithHostileNames() => Sample.Run(Sample.Strategies() with
    {
        Name = Hostile,
        Question = Hostile,
        Rows = [Sample.Simulated("Sequential", null), .. ((int[])[5, 16]).Select(workers => Sample.Simulated("WhenAll", workers) with { Variant = Hostile, AuditFindings = [Hostile] })],
    });

    private static string OnConsole(RunAnalysis analysis, ReportPaths paths)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        ConsoleView.Render(analysis, paths, console);
        return writer.ToString();
    }
}

using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Analysis.Comparison;
using Downloader.Tests.Support;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>The views of a comparison as text.</summary>
public sealed class CompareViewTests
{
    private const string Hostile = "</script><b>|`*_[x](y)\n# heading";

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void The_console_shows_every_case_with_its_difference_and_verdict(int width)
    {
        var text = RenderConsole(Compare(ComparedRuns.Pair(slowdown: 0.1)), width);

        Assert.Contains("WhenAll with 16", text, StringComparison.Ordinal);
        Assert.Contains("Channel with 16", text, StringComparison.Ordinal);
        Assert.Matches(@"\+(9|10)\.[0-9].%.±.[01]\.[0-9]", text);
        Assert.Contains("slower", text, StringComparison.Ordinal);
        Assert.Contains("passed", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void The_markdown_has_a_row_a_case_the_findings_and_both_names()
    {
        var text = CompareMarkdownView.Render(Compare(ComparedRuns.Pair(slowdown: 0.1)));

        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("16 workers",
            StringComparison.Ordinal)));
        Assert.Contains("\n- Alarm: WhenAll with 16 workers: makespan +", text, StringComparison.Ordinal);
        Assert.Contains("- Base: BASE, 10 rounds", text, StringComparison.Ordinal);
        Assert.Contains("- Candidate: CANDIDATE, 10 rounds", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_stay_text_in_every_view()
    {
        var (first, second) = ComparedRuns.Pair();
        var comparison = Compare((Rename(first), Rename(second)));

        var html = CompareHtmlView.Render(comparison);

        Assert.DoesNotContain("</script><b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# heading", CompareMarkdownView.Render(comparison), StringComparison.Ordinal);
        Assert.Contains("[x](y)", RenderConsole(comparison, 400), StringComparison.Ordinal);

        static ComparedRun Rename(ComparedRun run) => new(Hostile, run.Run with
        {
            Suites = [run.Run.Suites[0] with { Cases = [.. run.Run.Suites[0].Cases.Select(one => one with { Variant = Hostile })] }],
        });
    }

    [Fact]
    public void Rows_that_are_not_compared_are_muted_and_show_no_interval()
    {
        CaseResult[] cases = [ComparedRuns.Case("WhenAll", 16, 100, 1), ComparedRuns.Case("Channel", 16, 100, 1, rounds: 1)];
        var table = CompareTable.Create(Compare((ComparedRuns.Create("A", cases), ComparedRuns.Create("B", cases))));

        Assert.Equal([1], table.MutedRows);
        Assert.Contains("±", table.Rows[0][3].Text, StringComparison.Ordinal);
        Assert.Equal("+0.0\u00a0%", table.Rows[1][3].Text);
        Assert.Equal("not gated: one process only", table.Rows[1][4].Text);
    }

    private static RunComparison Compare((ComparedRun Base, ComparedRun Candidate) runs) =>
        RunComparison.Create(runs.Base, runs.Candidate, isPaired: true, gate: 0.1);

    private static string RenderConsole(RunComparison comparison, int width) =>
        PlainConsole.Render(width, console => CompareConsoleView.Render(comparison, console));
}

using Downloader.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Reports;

public sealed class DocumentedResultsTests
{
    private const string Page = """
        # Results

        <!-- answer: Strategies -->
        <!-- end -->

        between

        <!-- result: Strategies -->
        an older table
        <!-- end -->

        after

        """;

    [Fact]
    public void Blocks_hold_the_quoted_answer_and_the_table_with_its_conditions_and_nothing_else_changes()
    {
        var page = Update(Page);

        Assert.DoesNotContain("an older table", page, StringComparison.Ordinal);
        Assert.Contains(" rows tie for best with 64 workers: ", page, StringComparison.Ordinal);
        Assert.Contains("\n> **Recommended: ", page, StringComparison.Ordinal);
        Assert.Contains("| ThreadPool (starved) ", page, StringComparison.Ordinal);
        Assert.Contains("\n160 downloads, `--latency 50`; Sample CPU (nothing here was measured), 2, Sample OS, 10.0.0, BenchmarkDotNet "
            + "0.15.8; 2026-01-02.\n<!-- end -->\n\nafter\n", page, StringComparison.Ordinal);
        Assert.StartsWith("# Results\n\n<!-- answer: Strategies -->\n>", page, StringComparison.Ordinal);
        Assert.Contains("<!-- end -->\n\nbetween\n\n<!-- result: Strategies -->\n| Strategy", page, StringComparison.Ordinal);
        Assert.All(page.Split('\n').Where(line => line.StartsWith('>')), line => Assert.InRange(line.Length, 1, 140));
    }

    [Fact]
    public void Written_twice_a_page_stays_the_same_and_a_changed_figure_is_a_difference()
    {
        var page = Update(Page);

        Assert.Equal(page, Update(page));
        Assert.NotEqual(page.Replace("| passed |", "| failed |", StringComparison.Ordinal), Update(page));
    }

    [Fact]
    public void The_columns_that_say_nothing_on_a_page_are_left_out()
    {
        Assert.DoesNotContain("Allocated KB", Update(Page), StringComparison.Ordinal);
        Assert.DoesNotContain("| Failed |", Update(Page), StringComparison.Ordinal);
        Assert.Contains("Allocated KB", Update(Page.Replace("Strategies", "Scale", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Update(string page) => DocumentedResults.Update(page, _ => SampleRuns.Analyse(SampleRuns.Everything()));
}

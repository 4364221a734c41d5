using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;

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

    [Fact]
    public void The_short_table_has_a_row_of_each_kind_and_at_most_six_columns()
    {
        var rows = Update("<!-- summary: Strategies -->\n<!-- end -->").Split('\n').Where(line => line.StartsWith('|')).ToArray();

        Assert.Equal(
            ["DedicatedThreads", "ParallelForEachAsync", "Sequential", "Strategy", "ThreadPool (starved)", "WhenAllUnbounded"],
            rows.Select(row => row.Split('|')[1].Trim()).Where(name => !name.StartsWith('-')).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.InRange(row.Count(letter => letter == '|'), 2, 7));
    }

    [Fact]
    public void A_figure_of_a_table_is_not_broken_into_lines() => Assert.DoesNotMatch(
        @"\d (ms|s|±)|± \d",
        string.Concat(Update("<!-- summary: Strategies -->\n<!-- end -->\n<!-- result: Strategies -->\n<!-- end -->").Split('\n')
            .Where(line => line.StartsWith('|'))));

    [Fact]
    public void A_picture_stands_in_both_schemes_with_the_finding_as_its_text()
    {
        var page = Update("<!-- picture: Strategies-waterfall -->\n<!-- end -->");

        Assert.StartsWith("<!-- picture: Strategies-waterfall -->\n<picture>\n<source media=\"(prefers-color-scheme: dark)\" "
            + "srcset=\"docs/pictures/Strategies-waterfall-dark.svg\">\n<img alt=\"Every request of one iteration", page,
            StringComparison.Ordinal);
        Assert.Contains("\nsrc=\"docs/pictures/Strategies-waterfall-light.svg\"", page, StringComparison.Ordinal);
        Assert.Contains("requests in flight on average; ThreadPool took ", page.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.EndsWith("</picture>\n<!-- end -->", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_pictures_of_a_suite_stand_beside_each_other() => Assert.Equal(
        ["Capacity-light.svg", "Capacity-2-light.svg"],
        Update("<!-- pictures: Capacity -->\n<!-- end -->").Split('"')
            .Where(text => text.EndsWith("-light.svg", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path)));

    [Fact]
    public void The_pictures_of_a_suite_are_a_paragraph_so_that_the_text_below_keeps_its_distance()
    {
        var lines = Update("<!-- pictures: Capacity -->\n<!-- end -->").Split('\n');

        Assert.Equal(("<p>", "</p>"), (lines[1], lines[^2]));
        Assert.DoesNotContain("", lines);
    }

    [Fact]
    public void A_picture_that_a_suite_does_not_have_is_an_error() => Assert.Contains(
        "Capacity-3",
        Assert.Throws<InvalidRunException>(() => Update("<!-- picture: Capacity-3 -->\n<!-- end -->")).Message,
        StringComparison.Ordinal);

    private static string Update(string page) =>
        DocumentedResults.Update(page, "docs/pictures", _ => SampleRuns.Analyse(SampleRuns.Everything()));
}

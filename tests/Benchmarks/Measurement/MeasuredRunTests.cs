using System.Globalization;
using System.Text.Json;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>From the command line to the reports.</summary>
[Collection(TestCollections.BenchmarkRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class MeasuredRunTests(MeasuredRun run) : IClassFixture<MeasuredRun>
{
    private static readonly string[] Columns = ["Speedup", "Downloads/s", "Efficiency [%]", "In-Flight", "Peak", "Connections"];

    /// <summary>The method and the workers of each row; the baseline takes none.</summary>
    private static readonly string[] Rows = ["Sequential ?", "WhenAll 3", "WhenAll 7"];

    [Fact]
    public void It_succeeds_without_a_word_on_standard_error()
    {
        Assert.True(run.Result.ExitCode == 0, run.Result.ToString());
        Assert.Empty(run.Result.Errors);
    }

    [Fact]
    public void It_leaves_nothing_running() => run.AssertNoProcessLeft();

    [Fact]
    public void Each_case_has_a_line_on_the_screen() => Assert.Equal(
        ["[1/3] Strategies.Sequential", "[2/3] Strategies.WhenAll(workers: 3)", "[3/3] Strategies.WhenAll(workers: 7)"],
        run.Result.Output.Where(line => line.StartsWith('[')).Select(line => line.Split("   ")[0].TrimEnd()));

    [Fact]
    public void It_ends_by_saying_where_the_reports_are()
    {
        // A terminal may break a long path.
        var end = string.Concat(run.Result.Output.TakeLast(20).Select(line => line.Trim()));

        Assert.Contains(run.ReportFolder, end, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.ReportFolder, "report.html")));
        Assert.True(File.Exists(Path.Combine(run.ReportFolder, "report.md")));
    }

    [Fact]
    public void The_markdown_table_has_a_row_per_case_and_our_columns() => AssertTable(
    [
        .. run.ReadReport("-report-github.md").Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ]);

    [Fact]
    public void The_CSV_has_a_row_per_case_and_our_columns() => AssertTable(
    [
        .. run.ReadReport("-report.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(',').Select(cell => cell.Trim('"')).ToArray()),
    ]);

    [Fact]
    public void The_JSON_has_every_metric_of_every_case()
    {
        using var json = JsonDocument.Parse(run.ReadReport("-report-full.json"));
        var benchmarks = json.RootElement.GetProperty("Benchmarks").EnumerateArray().ToList();

        Assert.Equal(3, benchmarks.Count);
        Assert.All(benchmarks, benchmark => Assert.Superset(Columns.ToHashSet(), MetricsOf(benchmark).ToHashSet()));

        static IEnumerable<string> MetricsOf(JsonElement benchmark) => benchmark.GetProperty("Metrics").EnumerateArray()
            .Select(metric => metric.GetProperty("Descriptor").GetProperty("Id").GetString()!);
    }

    [Fact]
    public void The_HTML_has_our_columns()
    {
        var html = run.ReadReport("-report.html");

        Assert.All(Columns, column => Assert.Contains($"<th>{column}</th>", html, StringComparison.Ordinal));
    }

    /// <summary>Peaks are what the server saw: exactly the workers. Speedups are ratios, which hold on a busy machine too.</summary>
    private static void AssertTable(IReadOnlyList<string[]> table)
    {
        Assert.Superset(Columns.ToHashSet(), table[0].ToHashSet());
        var workers = Array.IndexOf(table[0], "workers");
        var rows = table.Where(row => row[0] is "Sequential" or "WhenAll").ToDictionary(row => $"{row[0]} {row[workers]}");

        Assert.Equal(Rows, rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["1", "3", "7"], Rows.Select(row => Cell(row, "Peak")));
        Assert.Equal("1.00", Cell(Rows[0], "Speedup"));
        Assert.All(Rows.Skip(1), row => Assert.True(Number(row, "Speedup") > 1.5));
        Assert.All(Rows, row => Assert.InRange(Number(row, "Efficiency [%]"), 1, 101));

        string Cell(string row, string column) => rows[row][Array.IndexOf(table[0], column)];

        double Number(string row, string column) => double.Parse(Cell(row, column), CultureInfo.InvariantCulture);
    }
}

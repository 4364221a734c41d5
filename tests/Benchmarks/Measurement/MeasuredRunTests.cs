using System.Globalization;
using System.Text.Json;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
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
    public void Each_case_runs_once_a_round_in_an_order_that_the_seed_shuffles() => Assert.Equal(
        [
            "[1/6] round 1: Strategies.WhenAll(workers: 3)", "[2/6] round 1: Strategies.Sequential",
            "[3/6] round 1: Strategies.WhenAll(workers: 7)", "[4/6] round 2: Strategies.Sequential",
            "[5/6] round 2: Strategies.WhenAll(workers: 7)", "[6/6] round 2: Strategies.WhenAll(workers: 3)",
        ],
        run.Result.Output.Where(line => line.StartsWith('[')).Select(line => line.Split("   ")[0].TrimEnd()));

    [Fact]
    public void The_data_have_every_process_with_its_first_run_and_its_iterations()
    {
        var data = RunResultFile.Read(Path.Combine(run.ReportFolder, "report.json"));

        Assert.Equal((2, 5, 3), (data.Rounds, data.ShuffleSeed, data.PlannedCases));
        Assert.All(data.Suites[0].Cases, one =>
        {
            Assert.Equal([1, 2], one.Processes.Select(process => process.Round));
            // The first run takes at least what the downloads' 20 ms make of it.
            var ideal = 20.0 * 20 / (one.Workers ?? 1);
            Assert.All(one.Processes, process => Assert.True(process.FirstMs >= ideal));
            Assert.All(one.Processes, process => Assert.InRange(process.Iterations.Count, 2, 5));
            Assert.All(one.Processes.SelectMany(process => process.Iterations),
                iteration => Assert.Equal(20, iteration.Outcomes![RequestOutcome.Served]));
        });
    }

    [Fact]
    public void One_build_serves_all_rounds() => Assert.Single(
        File.ReadAllLines(Directory.EnumerateFiles(Path.Combine(run.ReportFolder, ".."), "*.log").Single()),
        line => line.StartsWith("// ***** Building 1 exe(s)", StringComparison.Ordinal));

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

using System.Text.RegularExpressions;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>Results in the docs are those of the cases in the code: whoever changes a suite's cases measures it again.</summary>
public sealed partial class CommittedResultsTests
{
    private static readonly string[] Pages = ["README.md", "docs/suites.md"];

    [Fact]
    public void Every_suite_has_a_committed_result() =>
        Assert.Equal(SuiteNames().Order(StringComparer.Ordinal), Blocks().Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_committed_result_has_a_row_for_every_case_and_no_other(string suite)
    {
        var (_, header, rows) = Blocks()[suite];
        var analysis = SuiteAnalysis.Of(new SuiteResult(suite, "", SuiteTopic.Comparison, new(), [.. Cases(suite).Select(Row)]));
        // What tells cases apart, of the columns the committed table has.
        var columns = Column.For(analysis)
            .Where(column => header.Contains(column.Title) && column.Title is "Strategy" or "Workers" or "Variant" or "Downloads")
            .ToArray();
        Assert.Contains(columns, column => column.Title == "Strategy");

        var expected = analysis.Rows.Select(row => string.Join(" | ", columns.Select(column => column.Text(row))));
        var committed = rows.Select(row => string.Join(" | ", columns.Select(column => Cell(row, column.Title))));
        Assert.Equal(expected.Order(StringComparer.Ordinal), committed.Order(StringComparer.Ordinal));

        string Cell(string[] row, string title) => row[Array.IndexOf(header, title)].Replace(" (starved)", "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_committed_result_names_the_conditions_of_its_suite(string suite)
    {
        var cases = Cases(suite).Select(CaseCatalogue.Describe).ToArray();
        var downloads = string.Join(" | ", cases.Select(one => one.Downloads).Distinct());
        var scenarios = string.Join(" | ", cases.Select(one => ScenarioOptions.Write(one.Scenario)).Distinct());

        Assert.Equal($"{downloads} downloads, {scenarios}", Blocks()[suite].Conditions);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void The_conditions_of_a_suite_are_a_command_line_that_makes_its_scenario(string suite) => Assert.All(
        Cases(suite).Select(one => CaseCatalogue.Describe(one).Scenario),
        scenario => Assert.Equal(scenario, ScenarioOptions.Parse(ScenarioOptions.Write(scenario).Split(' '), new Scenario())));

    public static TheoryData<string> Suites() => [.. SuiteNames()];

    private static IEnumerable<string> SuiteNames() =>
        CaseCatalogue.Suites.Select(type => ((Suite)Activator.CreateInstance(type)!).ReportName).Distinct();

    private static IEnumerable<BenchmarkCase> Cases(string suite) => CaseCatalogue.Suites
        .SelectMany(type => BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases)
        .Where(one => CaseCatalogue.SuiteOf(one).ReportName == suite);

    private static CaseResult Row(BenchmarkCase benchmarkCase)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        return new CaseResult
        {
            Strategy = downloadCase.Strategy,
            Kind = downloadCase.Entry.Kind,
            Workers = downloadCase.Workers,
            Variant = downloadCase.Variant,
            Downloads = downloadCase.Downloads,
            IsCold = CaseCatalogue.SuiteOf(benchmarkCase).Plan.WarmUps == 0,
            Makespans = [],
        };
    }

    /// <summary>The tables between "result" marks, by suite, with the conditions that the marks name.</summary>
    private static Dictionary<string, (string Conditions, string[] Header, string[][] Rows)> Blocks() => Pages
        .SelectMany(page => Block().Matches(File.ReadAllText(Path.Combine(BuiltProgram.Root, page))))
        .ToDictionary(match => match.Groups["suite"].Value, match =>
        {
            var lines = match.Groups["table"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToArray();
            return (match.Groups["conditions"].Value, lines[0], lines[2..]);
        });

    [GeneratedRegex(@"<!-- result: (?<suite>\w+) \((?<conditions>.+)\) -->\s*(?<table>(?:\|.*\n)+)\s*<!-- end -->")]
    private static partial Regex Block();
}

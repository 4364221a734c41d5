using BenchmarkDotNet.Running;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>Results in README.md and docs/suites.md are those of docs/results, and these are of the cases in the code.</summary>
public sealed class CommittedResultsTests
{
    private const string Cure = "Run the suite and write the pages: dotnet run -c Release --project benchmarks -- docs report.json";

    [Fact]
    public void Every_suite_has_one_result_in_the_pages() => Assert.Equal(
        SuiteNames().Order(StringComparer.Ordinal),
        DocsCommand.UpdatePages(BuiltProgram.Root).SelectMany(page => DocumentedResults.Suites(page.Current))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_pages_say_what_the_committed_data_say() =>
        Assert.All(DocsCommand.UpdatePages(BuiltProgram.Root), page =>
            Assert.True(page.Current == page.Updated, $"{page.Path} differs from docs/results. {Cure}"));

    [Fact]
    public void Every_suite_has_its_pictures_in_the_pages_once() => Assert.Equal(
        SuiteNames().Order(StringComparer.Ordinal),
        DocsCommand.UpdatePages(BuiltProgram.Root).SelectMany(page => DocumentedResults.SuitesWithPictures(page.Current))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Suites))]
    public void The_committed_data_of_a_suite_have_its_cases_under_its_conditions(string suite)
    {
        var result = Assert.Single(DocsCommand.ReadData(BuiltProgram.Root, suite).Suites);

        var expected = Cases(suite).Select(CaseCatalogue.Describe)
            .Select(one => (Strategy: one.StrategyName, one.Workers, one.Variant, one.Downloads, one.Scenario));
        var committed = result.Cases.Select(one =>
            (one.Strategy, one.Workers, one.Variant, one.Downloads, Scenario: one.Scenario ?? result.Scenario));
        Assert.Equal(Sorted(expected), Sorted(committed));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void The_conditions_of_a_suite_are_a_command_line_that_makes_its_scenario(string suite) => Assert.All(
        Cases(suite).Select(one => CaseCatalogue.Describe(one).Scenario),
        scenario => Assert.Equal(scenario, ScenarioOptions.Parse(ScenarioOptions.Write(scenario).Split(' '), new Scenario())));

    public static TheoryData<string> Suites() => [.. SuiteNames()];

    private static IEnumerable<string> Sorted(IEnumerable<(string, int?, string?, int, Scenario)> cases) =>
        cases.Select(one => $"{one}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> SuiteNames() =>
        CaseCatalogue.Suites.Select(type => ((Suite)Activator.CreateInstance(type)!).ReportName).Distinct();

    private static IEnumerable<BenchmarkCase> Cases(string suite) => CaseCatalogue.Suites
        .SelectMany(type => BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases)
        .Where(one => CaseCatalogue.SuiteOf(one).ReportName == suite);
}

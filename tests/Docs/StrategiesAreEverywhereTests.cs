using System.Text.RegularExpressions;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Suites;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>A strategy that is added has a benchmark and a row in the README, or these tests say so.</summary>
public sealed partial class StrategiesAreEverywhereTests
{
    private static IReadOnlyList<BenchmarkCase> Cases { get; } =
        [.. CaseCatalogue.Suites.SelectMany(suite => BenchmarkConverter.TypeToBenchmarks(suite).BenchmarksCases)];

    [Theory]
    [MemberData(nameof(StrategyData.Names), MemberType = typeof(StrategyData))]
    public void Every_strategy_has_a_benchmark(string name) =>
        Assert.Contains(Cases, benchmarkCase => CaseCatalogue.Describe(benchmarkCase).StrategyName == name);

    [Fact]
    public void What_a_strategy_costs_is_measured_for_every_asynchronous_one() => Assert.Equal(
        StrategyCatalogue.All.Where(strategy => strategy.Kind == StrategyKind.Asynchronous).Select(strategy => strategy.Name)
            .Order(StringComparer.Ordinal),
        Cases.Where(one => one.Descriptor.Type == typeof(Scale)).Select(one => CaseCatalogue.Describe(one).StrategyName).Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_names_a_strategy_and_what_it_needs()
    {
        Assert.NotEmpty(Cases);
        Assert.All(Cases.Select(CaseCatalogue.Describe), one =>
        {
            Assert.NotNull(StrategyCatalogue.Find(one.StrategyName));
            Assert.InRange(one.MaxInFlight, 1, one.Downloads);
            one.Scenario.Validate();
        });
    }

    [Fact]
    public void No_two_cases_of_a_suite_do_the_same() => Assert.All(
        Cases.GroupBy(benchmarkCase => benchmarkCase.Descriptor.Type),
        suite => Assert.Equal(suite.Count(), suite.Select(CaseCatalogue.Describe).DistinctBy(one => one with { Pages = [] }).Count()));

    [Fact]
    public void The_main_suite_comes_first_and_has_a_baseline_that_takes_no_workers()
    {
        Assert.Equal(typeof(Strategies), CaseCatalogue.Suites[0]);
        var baseline = Assert.Single(Cases, one => one.Descriptor.Type == typeof(Strategies) && one.Descriptor.Baseline);
        Assert.Equal(("Sequential", (int?)null), (CaseCatalogue.Describe(baseline).StrategyName, CaseCatalogue.Describe(baseline).Workers));
    }

    [Fact]
    public void The_README_s_table_of_strategies_lists_the_catalogue_and_nothing_else()
    {
        var path = Path.Combine(BuiltProgram.Root, "README.md");
        Assert.True(File.Exists(path), "There is no README.md.");
        var lines = File.ReadAllLines(path);
        var heading = Array.IndexOf(lines, "## The strategies");
        Assert.True(heading >= 0, "README.md has no heading \"## The strategies\".");

        var listed = lines.Skip(heading + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => FirstCell().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

        Assert.Equal(
            StrategyCatalogue.All.Select(strategy => strategy.Name).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    /// <summary>A row whose first column is a name in backticks.</summary>
    [GeneratedRegex(@"^\|\s*`(\w+)`\s*\|")]
    private static partial Regex FirstCell();
}

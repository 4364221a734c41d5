using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>What every suite makes of its rows, whatever the run left of them.</summary>
public sealed class SuiteInterpretationTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_suite_is_found_by_the_name_that_its_reports_carry(string name) =>
        Assert.Equal(name, SuiteCatalogue.Find(name)!.ReportName);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_suite_concludes_and_charts_rows_without_a_server_log(string name)
    {
        var suite = SuiteCatalogue.Find(name)!;
        var result = SampleRuns.Capacity() with
        {
            Cases = [SampleRuns.Case("Sequential", null, 800, 801, 802, 803),
            SampleRuns.Case("WhenAll", 5, 160, 161, 162, 163)]
        };

        var analysis = SuiteAnalysis.Create(result, suite);

        Assert.NotEmpty(analysis.Conclusion.Sentences);
        Assert.All(analysis.Charts, chart => Assert.True(chart.HasData));
    }

    [Fact]
    public void The_ideal_schedule_of_a_row_that_ran_a_share_of_the_list_is_drawn_in_proportion()
    {
        var whole = SampleRuns.Strategies();
        var shared = whole with { Cases = [whole.Cases[0] with { ListDownloads = 4 * whole.Cases[0].Downloads }, .. whole.Cases.Skip(1)] };

        Assert.Equal(IdealSpeedup(whole), IdealSpeedup(shared), 6);

        static double IdealSpeedup(SuiteResult suite) => Assert.IsType<LineChart>(SuiteAnalysis.Create(suite, new Strategies()).Charts[0])
            .Guides.Single(guide => guide.Name == "ideal schedule").Y[0];
    }

    [Fact]
    public void A_name_that_no_suite_has_finds_none() => Assert.Null(SuiteCatalogue.Find("Removed"));

    public static TheoryData<string> Names() =>
        [.. SuiteCatalogue.Types.Select(type => ((Suite)Activator.CreateInstance(type)!).ReportName).Distinct()];
}

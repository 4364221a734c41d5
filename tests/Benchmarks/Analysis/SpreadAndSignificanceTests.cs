using Downloader.Benchmarks.Analysis;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Analysis;

public sealed class SpreadAndSignificanceTests
{
    [Fact]
    public void The_spread_is_the_scaled_median_deviation_over_the_median()
    {
        // Median 100; deviations 10, 5, 0, 5, 400: their median is 5.
        Assert.Equal(1.4826 * 5 / 100, RobustStatistics.RelativeSpread([90, 95, 100, 105, 500])!.Value, 10);
    }

    [Fact]
    public void Two_values_have_no_spread() => Assert.Null(RobustStatistics.RelativeSpread([1, 2]));

    [Fact]
    public void The_spreads_of_a_ratio_add_as_squares()
    {
        // Median deviations of 3 and 4 %: the relative errors are 1.4826 times as much, and 3² + 4² = 5².
        var rows = AnalysisTests.Analyse(SampleRuns.Case("Sequential", null, 970, 1000, 1030),
            SampleRuns.Case("WhenAll", 5, 96, 100, 104)).Rows;
        var speedup = Estimate.Ratio(rows[0], rows[1]);

        Assert.Equal(10, speedup.Value);
        Assert.Equal(10 * 1.4826 * 0.05, speedup.Error!.Value, 10);
    }

    [Fact]
    public void Rows_further_apart_than_the_margin_in_every_iteration_differ()
    {
        Assert.True(SignificanceTest.IsFaster([100, 101, 102, 103], [112, 113, 114, 115]));
        Assert.False(SignificanceTest.IsFaster([112, 113, 114, 115], [100, 101, 102, 103]));
    }

    [Fact]
    public void Rows_closer_than_the_margin_do_not_differ_however_quiet_they_are() =>
        Assert.False(SignificanceTest.IsFaster([100, 100, 100, 100, 100, 100], [107, 107, 107, 107, 107, 107]));

    [Fact]
    public void Rows_that_interleave_are_within_noise() =>
        Assert.False(SignificanceTest.IsFaster([100, 110, 120, 130, 140], [105, 115, 125, 135, 145]));

    [Fact]
    public void A_difference_below_the_margin_is_none_however_sure()
    {
        Assert.False(SignificanceTest.IsFaster([100.0, 100.1, 100.2, 100.3, 100.4], [101.0, 101.1, 101.2, 101.3, 101.4]));
        Assert.True(SignificanceTest.IsFaster([100.0, 100.1, 100.2, 100.3, 100.4], [101.0, 101.1, 101.2, 101.3, 101.4], margin: 0));
    }

    [Fact]
    public void Three_iterations_tell_nothing() => Assert.False(SignificanceTest.IsFaster([1, 2, 3], [100, 200, 300]));
}

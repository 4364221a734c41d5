using Downloader.Benchmarks.Analysis;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Analysis;

/// <summary>Intervals from rounds, held against simulated runs whose truth is known.</summary>
public sealed class RoundStatisticsTests
{
    private const int Rounds = 3;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.8)]
    public void Nineteen_of_twenty_intervals_hold_the_true_ratio_whether_cases_are_equally_noisy_or_not(double spreadOfNoise)
    {
        var random = new Random(1);
        var (held, all) = (0, 0);
        for (var run = 0; run < 500; run++)
        {
            var deviations = Enumerable.Range(0, 20).Select(_ => 0.03 * Math.Exp(spreadOfNoise * Normal.Sample(random, 0, 1))).ToArray();
            var (logs, noise) = Simulate(random, deviations);
            for (var one = 1; one < deviations.Length; one++)
            {
                var ratio = Ratio(logs, noise, one, 0);
                all++;
                if (ratio.Low <= 1 && ratio.High >= 1) held++;
            }
        }

        Assert.InRange((double)held / all, 0.935, 0.965);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_intervals_of_few_cases_hold_the_true_ratio_as_often(int cases)
    {
        var random = new Random(5);
        var held = Enumerable.Range(0, 4000).Count(_ =>
        {
            var (logs, noise) = Simulate(random, [.. Enumerable.Repeat(0.03, cases)]);
            var ratio = Ratio(logs, noise, 1, 0);
            return ratio.Low <= 1 && ratio.High >= 1;
        });

        Assert.InRange(held / 4000.0, 0.94, 0.98);
    }

    [Fact]
    public void A_round_that_is_slow_as_a_whole_changes_neither_ratios_nor_noise()
    {
        var random = new Random(2);
        var (logs, noise) = Simulate(random, [.. Enumerable.Repeat(0.03, 10)]);
        double[] slowRound = [0, 0.7, 0];
        var shifted = logs.Select(one => one.Zip(slowRound, (log, shift) => log + shift).ToArray()).ToArray();
        var shiftedNoise = ProcessNoise.FromRounds(shifted)!;
        Assert.Equal(noise.TypicalDeviation, shiftedNoise.TypicalDeviation, 1e-9);
        Assert.Equal(Ratio(logs, noise, 1, 0).Value, Ratio(shifted, shiftedNoise, 1, 0).Value, 1e-9);
        Assert.Equal(Ratio(logs, noise, 1, 0).Error, Ratio(shifted, shiftedNoise, 1, 0).Error, 1e-9);
    }

    [Fact]
    public void Noise_is_as_large_as_what_was_simulated()
    {
        var (_, noise) = Simulate(new Random(3), [.. Enumerable.Repeat(0.04, 400)]);
        Assert.InRange(noise.TypicalDeviation, 0.037, 0.043);
    }

    [Fact]
    public void One_round_says_nothing_of_noise() => Assert.Null(ProcessNoise.FromRounds([[1.0], [2.0], [3.0]]));

    [Theory]
    [InlineData(0.00, 0.01, Standing.BestOrTie)]
    [InlineData(0.03, 0.01, Standing.BestOrTie)]
    [InlineData(0.05, 0.01, Standing.Undecided)]
    [InlineData(0.08, 0.01, Standing.Slower)]
    [InlineData(0.08, 0.10, Standing.Undecided)]
    [InlineData(0.00, 0.10, Standing.Undecided)]
    public void The_interval_decides_where_a_case_stands(double slowdown, double halfWidth, Standing expected)
    {
        var variance = Math.Pow(halfWidth / Normal.InvCDF(0, 1, 0.975), 2) * Rounds / 2;
        double[] best = [0, 0, 0];
        double[] other = [.. best.Select(_ => Math.Log(1 + slowdown))];
        var comparison = ComparisonWithBest.Create(PairedRatio.Create(other, best, variance, variance, double.PositiveInfinity));
        Assert.Equal(expected, comparison.Standing);
        Assert.Equal(slowdown, comparison.Slowdown, 1e-9);
    }

    [Fact]
    public void Undecided_says_how_many_rounds_would_decide()
    {
        // Half the interval is 10 % with 3 rounds and 2.9 % off the margin: (0.1 / 0.029)² · 3 rounds.
        var variance = Math.Pow(0.1 / Normal.InvCDF(0, 1, 0.975), 2) * Rounds / 2;
        double[] other = [.. Enumerable.Repeat(Math.Log(1.02), Rounds)];
        var ratio = PairedRatio.Create(other, new double[Rounds], variance, variance, double.PositiveInfinity);
        var comparison = ComparisonWithBest.Create(ratio);
        Assert.Equal(Standing.Undecided, comparison.Standing);
        Assert.Equal(36, comparison.RoundsNeeded);
    }

    [Fact]
    public void More_rounds_also_tell_the_noise_better()
    {
        // With the degrees of freedom of 3 rounds of two rows, which are 2, about 14 rounds would be needed.
        var deviation = Math.Log(1.05 / 1.02) / 1.15;
        var variance = deviation * deviation / 2;
        double[] other = [.. Enumerable.Repeat(Math.Log(1.02), Rounds)];
        var comparison = ComparisonWithBest.Create(PairedRatio.Create(other, new double[Rounds], variance, variance, degreesOfFreedom: 2));

        Assert.Equal(Standing.Undecided, comparison.Standing);
        Assert.Equal(6, comparison.RoundsNeeded);
    }

    [Fact]
    public void A_row_that_can_not_be_told_in_a_hundred_rounds_says_no_number()
    {
        var variance = 0.5;
        double[] other = [.. Enumerable.Repeat(Math.Log(1.02), Rounds)];
        var comparison = ComparisonWithBest.Create(PairedRatio.Create(other, new double[Rounds], variance, variance, degreesOfFreedom: 2));

        Assert.Equal(Standing.Undecided, comparison.Standing);
        Assert.Null(comparison.RoundsNeeded);
    }

    [Fact]
    public void Iterations_that_get_shorter_and_shorter_have_a_trend_and_noise_has_none()
    {
        Assert.True(TrendTest.HasTrend([[13, 9, 7, 5, 4, 3], [12, 9, 8, 5, 4, 3.5], [14, 8, 7, 5, 4.5, 3]]));
        var random = new Random(4);
        var alarms = Enumerable.Range(0, 2000).Count(_ => TrendTest.HasTrend([.. Enumerable.Range(0, Rounds).Select(_ => Noise())]));
        Assert.InRange(alarms, 0, 12);

        double[] Noise() => [.. Enumerable.Range(0, 6).Select(_ => Normal.Sample(random, 10, 2))];
    }

    [Fact]
    public void A_pool_that_still_grows_is_a_trend_of_its_only_process()
    {
        Assert.True(TrendTest.HasTrend([[2156, 1577, 1320, 1105, 980, 870]], firstMs: 13_192));
        // Neither so few iterations nor one step up is beyond chance, and the first run alone is no trend.
        Assert.False(TrendTest.HasTrend([[2156, 1577]], firstMs: 13_192));
        Assert.False(TrendTest.HasTrend([[2156, 1577, 1320, 1105, 980]], firstMs: 13_192));
        Assert.False(TrendTest.HasTrend([[2156, 1577, 1320, 1105, 870, 980]], firstMs: 13_192));
        Assert.False(TrendTest.HasTrend([[2156, 1577, 1320, 1105, 980, 870]]));
    }

    [Fact]
    public void A_flat_series_after_a_long_first_run_is_no_trend()
    {
        Assert.False(TrendTest.HasTrend([[2070, 2067, 2072, 2066, 2069, 2068]], firstMs: 2_676));
        // Each is shorter than the one before it, but not by as much as counts.
        Assert.False(TrendTest.HasTrend([[2072, 2071, 2070, 2069, 2068, 2067]], firstMs: 2_676));
        var random = new Random(4);
        var alarms = Enumerable.Range(0, 5000).Count(_ => TrendTest.HasTrend([Noise()], firstMs: 13_192));
        Assert.InRange(alarms, 0, 15);

        double[] Noise() => [.. Enumerable.Range(0, 6).Select(_ => Normal.Sample(random, 2000, 300))];
    }

    [Theory]
    [InlineData(0.0004, 7)]
    [InlineData(0.0028, 6)]
    [InlineData(0.0093, 3, 3, 3)]
    [InlineData(1, 1)]
    public void The_least_chance_is_that_of_one_order_and_its_reverse(double expected, params int[] counts) =>
        Assert.Equal(expected, TrendTest.MinChance(counts), tolerance: 0.00005);

    [Fact]
    public void A_change_too_small_to_matter_is_no_trend() =>
        Assert.False(TrendTest.HasTrend([.. Enumerable.Range(0, Rounds).Select(_ => (double[])[10.5, 10.4, 10.3, 10.2, 10.1, 10.0])]));

    private static (double[][] Logs, ProcessNoise Noise) Simulate(Random random, double[] deviations)
    {
        var roundEffects = Enumerable.Range(0, Rounds).Select(_ => Normal.Sample(random, 0, 0.05)).ToArray();
        double[][] logs = [.. deviations.Select(Simulate)];
        return (logs, ProcessNoise.FromRounds(logs)!);

        double[] Simulate(double deviation) => [.. roundEffects.Select(effect => effect + Normal.Sample(random, 0, deviation))];
    }

    private static PairedRatio Ratio(double[][] logs, ProcessNoise noise, int one, int other) =>
        PairedRatio.Create(logs[one], logs[other], noise.VarianceOf(one), noise.VarianceOf(other), noise.DegreesOfFreedom);
}

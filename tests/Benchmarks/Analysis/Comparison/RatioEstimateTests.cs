using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

/// <summary>Ratios of two runs and their intervals, held against simulated runs whose truth is known.</summary>
public sealed class RatioEstimateTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nineteen_of_twenty_intervals_hold_the_true_ratio(bool isPaired)
    {
        var random = new Random(2);
        var rounds = SimulatedRounds.Create(10, 0.03, slowdown: 0.07) with { IsPaired = isPaired };
        RatioEstimate[] ratios = [.. Enumerable.Range(0, 1000).SelectMany(_ => RatioEstimate.ForTimes(rounds.Draw(random)))];

        Assert.InRange(ratios.Count(one => one.Low <= 1.07 && one.High >= 1.07) / (double)ratios.Length, 0.94, 0.96);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_deviation_of_a_process_is_found(bool isPaired)
    {
        var random = new Random(4);
        var rounds = SimulatedRounds.Create(10, 0.03) with { IsPaired = isPaired };

        var mean = Enumerable.Range(0, 300).SelectMany(_ => RatioEstimate.ForTimes(rounds.Draw(random)))
            .Average(one => one.ProcessDeviation);

        Assert.Equal(0.03, mean, 0.001);
    }

    /// <summary>A machine that gets slower all the time slows both sides of each pair.</summary>
    [Fact]
    public void Drift_that_both_runs_of_a_round_have_is_in_no_paired_interval()
    {
        FigurePair[] quiet = [.. SimulatedRounds.Create(6, 0.02).Draw(new Random(5))];
        var drifting = quiet.Select(one => one with { Base = Drift(one.Base), Candidate = Drift(one.Candidate) }).ToArray();

        var (before, after) = (RatioEstimate.ForTimes(quiet)[0], RatioEstimate.ForTimes(drifting)[0]);

        Assert.Equal(before.Log, after.Log, 1e-9);
        Assert.Equal(before.Error, after.Error, 1e-9);
        var unpaired = RatioEstimate.ForTimes([.. drifting.Select(one => one with { IsPaired = false })])[0];
        Assert.True(unpaired.Error > 3 * after.Error);

        static double[] Drift(IReadOnlyList<double> logs) => [.. logs.Select((log, round) => log + (0.05 * round))];
    }

    [Fact]
    public void Only_rounds_that_both_runs_have_are_paired()
    {
        var pair = FigurePair.Create(
            new Dictionary<int, double> { [1] = 100, [2] = 100, [4] = 100 },
            new Dictionary<int, double> { [4] = 120, [1] = 110, [3] = 999 },
            isPaired: true);

        Assert.Equal([Math.Log(1.1), Math.Log(1.2)], pair.Candidate.Zip(pair.Base, (candidate, other) => Math.Round(candidate - other, 12)),
            (expected, actual) => Math.Abs(expected - actual) < 1e-9);
    }

    [Fact]
    public void Two_processes_of_each_run_are_the_least_that_can_be_compared()
    {
        Assert.False(new FigurePair([1], [1], IsPaired: true).HasEnough);
        Assert.False(new FigurePair([1, 2], [1], IsPaired: false).HasEnough);
        Assert.True(new FigurePair([1, 2], [1, 2], IsPaired: true).HasEnough);
    }
}

using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Tests.Support;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

/// <summary>The gate, held against simulated rounds whose truth is known: ten of each run.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class RegressionGateTests
{
    private const int Draws = 1500;

    [Theory]
    [InlineData(6, 0.02, 0.10)]
    [InlineData(6, 0.03, 0.10)]
    [InlineData(6, 0.03, 0.05)]
    [InlineData(23, 0.03, 0.10)]
    [InlineData(23, 0.03, 0.05)]
    [InlineData(23, 0.05, 0.05)]
    [InlineData(1, 0.03, 0.02)]
    public void Without_a_difference_at_most_one_comparison_in_a_hundred_raises_an_alarm(int cases, double deviation, double gate) =>
        Assert.InRange(AlarmShare(SimulatedRounds.Create(cases, deviation), gate), 0, 0.01);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void That_holds_however_much_of_the_noise_all_cases_share(double sharedVariance) => Assert.InRange(
        AlarmShare(SimulatedRounds.Create(12, 0.03) with { SharedVariance = sharedVariance }, gate: 0.02), 0, 0.01);

    [Fact]
    public void That_holds_where_some_cases_are_much_noisier_than_others()
    {
        var random = new Random(3);
        double[] deviations = [.. Enumerable.Range(0, 12).Select(_ => 0.03 * Math.Exp(0.8 * Normal.Sample(random, 0, 1)))];

        Assert.InRange(AlarmShare(new SimulatedRounds(deviations, new double[12]), gate: 0.02, draws: 10_000), 0, 0.01);
    }

    [Theory]
    [InlineData(6, 0.02, 0.10, 0.10, 0.99)]
    [InlineData(6, 0.03, 0.10, 0.10, 0.95)]
    [InlineData(23, 0.03, 0.10, 0.10, 0.95)]
    [InlineData(6, 0.02, 0.05, 0.05, 0.95)]
    [InlineData(6, 0.03, 0.05, 0.05, 0.60)]
    [InlineData(23, 0.03, 0.05, 0.05, 0.60)]
    public void A_slowdown_of_all_cases_by_the_gate_is_found(int cases, double deviation, double slowdown, double gate, double least) =>
        Assert.InRange(AlarmShare(SimulatedRounds.Create(cases, deviation, slowdown), gate), least, 1);

    [Theory]
    [InlineData(6, 0.95)]
    [InlineData(23, 0.95)]
    public void A_slowdown_of_one_case_is_found_and_names_no_other(int cases, double least)
    {
        var random = new Random(7);
        var rounds = SimulatedRounds.Create(cases, 0.03) with { Slowdowns = [0.1, .. new double[cases - 1]] };
        var (found, others) = (0, 0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var alarms = RegressionGate.ForTimes(0.1).FindAlarms(RatioEstimate.ForTimes(rounds.Draw(random)));
            if (alarms[0]) found++;
            if (alarms.Skip(1).Contains(true)) others++;
        }

        Assert.InRange(found / (double)Draws, least, 1);
        Assert.InRange(others / (double)Draws, 0, 0.01);
    }

    [Fact]
    public void A_difference_of_less_than_half_the_gate_raises_no_alarm_however_certain_it_is()
    {
        var rounds = SimulatedRounds.Create(6, 0.001, slowdown: 0.045);

        Assert.Equal(0, AlarmShare(rounds, gate: 0.10));
        Assert.Equal(1, AlarmShare(rounds, gate: 0.05));
    }

    /// <summary>What a comparison says of its own power agrees with how often it finds the gate's slowdown.</summary>
    [Theory]
    [InlineData(0.02, 0.05)]
    [InlineData(0.03, 0.05)]
    [InlineData(0.04, 0.05)]
    [InlineData(0.05, 0.10)]
    public void The_stated_power_is_the_share_of_slowdowns_that_are_found(double deviation, double increase)
    {
        const int Cases = 10;
        var gate = RegressionGate.ForTimes(increase);
        var random = new Random(11);
        var rounds = SimulatedRounds.Create(Cases, deviation, increase) with { SharedVariance = 0 };
        var (found, stated) = (0.0, 0.0);
        for (var draw = 0; draw < 500; draw++)
        {
            // One slow case among others: with all of them slow Holm's later steps find more than the first.
            var pairs = rounds.Draw(random);
            FigurePair[] others = [.. pairs.Skip(1).Select(one => one with { Candidate = [.. one.Candidate.Select(log => log - 0.2)] })];
            var ratios = RatioEstimate.ForTimes([pairs[0], .. others]);
            if (gate.FindAlarms(ratios)[0]) found++;
            stated += gate.PowerFor(ratios[0], Cases, SimulatedRounds.Rounds);
        }

        Assert.Equal(found / 500, stated / 500, 0.07);
    }

    [Fact]
    public void The_proposed_number_of_rounds_is_the_least_that_has_enough_power()
    {
        var gate = RegressionGate.ForTimes(0.05);
        var ratio = RatioEstimate.ForTimes(SimulatedRounds.Create(6, 0.06).Draw(new Random(1)))[0];

        var rounds = gate.FindRoundsNeeded(ratio, 6)!.Value;

        Assert.InRange(rounds, 11, 200);
        Assert.True(gate.PowerFor(ratio, 6, rounds) >= RegressionGate.MinPower);
        Assert.True(gate.PowerFor(ratio, 6, rounds - 1) < RegressionGate.MinPower);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Few_rounds_of_many_cases_have_a_power_too(int rounds)
    {
        var pairs = SimulatedRounds.Create(23, 0.03).Draw(new Random(1)).Select(one => one.Draw([.. Enumerable.Range(0, rounds)],
            new bool[rounds]));
        var ratios = RatioEstimate.ForAllocations([.. pairs]);

        Assert.All(ratios, one => Assert.InRange(RegressionGate.ForAllocations.PowerFor(one, 23, rounds), 0, 0.5));
        Assert.All(ratios, one => Assert.InRange(RegressionGate.ForAllocations.FindRoundsNeeded(one, 23) ?? 1000, 4, 1000));
    }

    [Fact]
    public void Allocations_that_are_equal_to_the_byte_but_for_the_difference_raise_an_alarm()
    {
        double[] equal = [.. Enumerable.Repeat(Math.Log(3000), 10)];
        var pair = new FigurePair(equal, [.. equal.Select(log => log + Math.Log(1.02))], IsPaired: true);
        var gate = RegressionGate.ForAllocations;

        Assert.Equal([true], gate.FindAlarms(RatioEstimate.ForAllocations([pair])));
        Assert.Equal([false], gate.FindAlarms(RatioEstimate.ForAllocations([pair with { Candidate = equal }])));
    }

    /// <summary>One process that allocates 5 % more, as a pool that grew at another moment does.</summary>
    [Fact]
    public void A_single_process_that_allocates_more_raises_no_alarm()
    {
        double[] equal = [.. Enumerable.Repeat(Math.Log(3000), 10)];
        var pair = new FigurePair(equal, [.. equal.Select((log, round) => round == 4 ? log + 0.2 : log)], IsPaired: true);

        Assert.True(pair.Log > Math.Log(1.01));
        Assert.Equal([false], RegressionGate.ForAllocations.FindAlarms(RatioEstimate.ForAllocations([pair])));
    }

    private static double AlarmShare(SimulatedRounds rounds, double gate, int draws = Draws)
    {
        var random = new Random(1);
        var alarms = Enumerable.Range(0, draws)
            .Count(_ => RegressionGate.ForTimes(gate).FindAlarms(RatioEstimate.ForTimes(rounds.Draw(random))).Contains(true));
        return (double)alarms / draws;
    }
}

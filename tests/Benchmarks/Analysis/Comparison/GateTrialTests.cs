using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

public sealed class GateTrialTests
{
    [Fact]
    public void Relabelled_rounds_raise_no_alarm_even_if_the_two_runs_differ()
    {
        var trial = new GateTrial(Bank(slowdown: 0.1));

        Assert.Equal(1, trial.Run(200, 9, isRelabelled: false, seed: 1).AlarmShare);
        Assert.InRange(trial.Run(200, 9, isRelabelled: true, seed: 1).AlarmShare, 0, 0.05);
    }

    [Fact]
    public void The_shares_are_those_of_each_case()
    {
        var result = new GateTrial(Bank(slowdown: 0.1)).Run(200, 8, isRelabelled: false, seed: 1);

        Assert.Equal([1, 0, 0], result.TimeAlarmShares);
        Assert.Equal([0, 0, 0], result.AllocationAlarmShares);
    }

    private static RunComparison Bank(double slowdown)
    {
        var (first, second) = ComparedRuns.Pair(slowdown);
        return RunComparison.Create(first, second, isPaired: true, gate: 0.1);
    }
}

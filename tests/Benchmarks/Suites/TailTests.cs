using Downloader.Tests.Benchmarks.Suites.Simulation;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>What suite Tail makes of a latency of the command line.</summary>
public sealed class TailTests
{
    [Fact]
    public void A_tail_of_the_command_line_is_compared_with_a_constant_latency_of_its_mean()
    {
        var rows = SuiteSimulation.Create("Tail", "--latency 80 --latency-p99 600").Rows.ToLookup(row => row.Result.Variant);

        Assert.All(rows["heavy tail"], row => Assert.Equal((80, 600),
            (row.Scenario.Latency.TotalMilliseconds, row.Scenario.LatencyP99?.TotalMilliseconds)));
        // ln(600 / 80) / 2.326 = 0.866; 80 ms times exp(0.866² / 2).
        Assert.All(rows["constant"], row => Assert.InRange(row.Scenario.Latency.TotalMilliseconds, 116, 117));
        Assert.All(rows["constant"], row => Assert.Null(row.Scenario.LatencyP99));
    }

    [Fact]
    public void Under_a_tail_batches_and_fixed_shares_are_named_as_slower_than_a_shared_queue()
    {
        var sentences = SuiteSimulation.Create("Tail", "").Analyse(new RandomDeviation(1, 0.003)).Conclusion.Sentences;

        Assert.Matches(
            "^Latency heavy tail: WhenAllBatches took .* against (Channel|Dataflow|WorkerLoops|DedicatedThreads) ", sentences[0]);
        Assert.Matches("^StaticPartition took .* against the same.$", sentences[1]);
    }

    [Fact]
    public void A_jitter_of_the_command_line_is_called_uniform_and_not_constant() => Assert.Equal(
        ["uniform", "heavy tail"],
        SuiteSimulation.Create("Tail", "--latency-jitter 10").Rows.Select(row => row.Result.Variant).Distinct());
}

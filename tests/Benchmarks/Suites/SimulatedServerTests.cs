using Downloader.Benchmarks.Analysis;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Suites.Simulation;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>The simulated server does what its scenario says, as computed by hand, and its logs pass the audit.</summary>
public sealed class SimulatedServerTests
{
    [Theory]
    [InlineData("--latency 10", 16, 80)] // 128 of 10 ms, 16 at once
    [InlineData("--latency 10 --capacity 8", 16, 160)]
    [InlineData("--latency 30 --workers 4", 4, 960)]
    public void A_makespan_is_downloads_times_latency_over_what_is_served_at_once(string options, int workers, double makespanMs)
    {
        var row = Find(SuiteSimulation.Create("Strategies", options), "ParallelForEachAsync", workers);

        Assert.InRange(row.MedianMs!.Value, makespanMs, 1.1 * makespanMs);
        Assert.Empty(row.Result.AuditFindings);
    }

    [Fact]
    public void A_rate_limit_refuses_what_comes_within_a_second_beyond_it()
    {
        // 8 workers send 100 requests in a second, and once 429 comes at once, all that are left.
        var simulation = SuiteSimulation.Create("Strategies", "--latency 80 --rate-limit 40 --workers 2,8 --downloads 200");

        Assert.Equal(160, Find(simulation, "WhenAll", 8).Figures.CountOf(RequestOutcome.RateLimited));
        Assert.Equal(0, Find(simulation, "WhenAll", 2).Figures.CountOf(RequestOutcome.RateLimited));
    }

    [Fact]
    public void A_rate_limit_with_a_burst_accepts_the_burst_and_then_the_rate()
    {
        // All at once: as many as the bucket holds.
        var row = SuiteSimulation.Create("Strategies", "--latency 80 --rate-limit 40 --rate-burst 10 --downloads 200").Rows
            .Single(row => !row.IsBounded);

        Assert.Equal(10, row.Figures.CountOf(RequestOutcome.Served)!.Value, tolerance: 1);
    }

    [Fact]
    public void A_paced_row_takes_as_long_as_its_rate_asks()
    {
        var row = Find(SuiteSimulation.Create("Strategies", "--rate 100 --downloads 200 --workers 32"), "WhenAll", 32);

        Assert.InRange(row.MedianMs!.Value, 1950, 2100);
    }

    [Fact]
    public void Adaptive_begins_with_few_requests_and_takes_longer_than_fixed_workers()
    {
        var simulation = SuiteSimulation.Create("Strategies", "");

        Assert.InRange(Find(simulation, "Adaptive", 64).MedianMs!.Value / Find(simulation, "WorkerLoops", 64).MedianMs!.Value, 1.5, 2.5);
    }

    [Fact]
    public void A_full_queue_refuses_the_rest()
    {
        var row = SuiteSimulation.Create("Capacity", "").Rows.Single(row => !row.IsBounded);

        Assert.Equal(160 - 16 - 64, row.Figures.CountOf(RequestOutcome.Refused));
        Assert.Equal(80, row.Failed);
    }

    [Fact]
    public void The_share_of_faults_fails_and_retries_answer_them()
    {
        var simulation = SuiteSimulation.Create("Faults", "");

        Assert.Equal([8.0, 0, 8, 0], simulation.Rows.Select(row => row.Failed!.Value));
        var retried = simulation.Rows.Where(row => row.Result.Variant == "retry");
        Assert.All(retried, row => Assert.InRange(row.Figures.Attempts!.Value, 168, 172));
        Assert.All(simulation.Rows, row => Assert.Empty(row.Result.AuditFindings));
    }

    [Fact]
    public void Workers_that_block_the_pool_are_starved()
    {
        var rows = SuiteSimulation.Create("Strategies", "").Rows;

        Assert.Equal(["ParallelForEach", "ThreadPool"], rows.Where(row => row.IsStarved).Select(row => row.Result.Strategy).Distinct()
            .Order(StringComparer.Ordinal));
    }

    private static CaseAnalysis Find(SuiteSimulation simulation, string strategy, int workers) =>
        simulation.Rows.Single(row => row.Result.Strategy == strategy && row.Result.Workers == workers);
}

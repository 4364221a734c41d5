using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.Tests.MockServer;

public sealed class PlanTests
{
    private static readonly Scenario HeavyTailed =
        new() { Latency = TimeSpan.FromMilliseconds(20), LatencyP99 = TimeSpan.FromMilliseconds(200) };

    /// <remarks>The literals come from another implementation, in another language.</remarks>
    [Fact]
    public void The_random_numbers_are_the_same_on_every_machine()
    {
        var random = new SeededRandom(seed: 1, stream: 0);
        Assert.Equal<ulong[]>(
            [0x5e41ab087439611e, 0xf18d6ce93d6cf1ee, 0x0b95f66d327e8d78],
            [random.GetBits(0), random.GetBits(1), random.GetBits(2)]);
        Assert.InRange(random.GetDouble(0), 0.36818951565166946 - 1e-12, 0.36818951565166946 + 1e-12);
    }

    [Fact]
    public void The_heavy_tailed_latencies_are_the_same_on_every_machine()
    {
        var plan = new LatencyPlan(HeavyTailed);
        double[] expected = [14.332343402381904, 96.05828937914644, 3.744656556899652];
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], plan.GetLatency(k).TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void Heavy_tailed_latency_has_the_median_and_the_99th_percentile_asked_for()
    {
        var plan = new LatencyPlan(HeavyTailed);
        var drawn = Enumerable.Range(0, 100_000).Select(k => plan.GetLatency(k).TotalMilliseconds).Order().ToList();
        Assert.InRange(drawn[50_000], 19.5, 20.5);
        Assert.InRange(drawn[99_000], 190, 210);
    }

    /// <remarks>The rarest latencies of the widest spreads would last for years.</remarks>
    [Theory]
    [InlineData(0.001, 600_000)]
    [InlineData(0.0001, 600_000)]
    [InlineData(599_999, 600_000)]
    public void The_most_extreme_spread_gives_latencies_between_zero_and_ten_minutes(double median, double p99)
    {
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(median), LatencyP99 = TimeSpan.FromMilliseconds(p99) };
        scenario.Validate();
        var plan = new LatencyPlan(scenario);
        var drawn = Enumerable.Range(0, 200_000).Select(plan.GetLatency).ToList();
        Assert.True(drawn.Min() >= TimeSpan.Zero);
        Assert.Equal(Scenario.MaxLatency, drawn.Max());
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1_000_000)]
    public void The_lowest_and_the_highest_rate_accept_the_first_request_and_refuse_past_the_rate(double rate)
    {
        var limiter = new SlidingWindowRateLimiter(rate);
        var accepted = Enumerable.Range(0, 1_000_001).Count(_ => limiter.TryAcquire(TimeSpan.FromDays(1000)));
        Assert.Equal(Math.Max(1, (int)rate), accepted);
    }

    /// <remarks>The k-th request takes the quantile of the k-th number, whose values another implementation gave above.</remarks>
    [Fact]
    public void The_latencies_of_a_table_are_the_same_on_every_machine()
    {
        var plan = new LatencyPlan(new Scenario { LatencyQuantiles = Table(10, 20, 80, 160, 160) });
        double[] probabilities = [0.36818951565166946, 0.9435718635, 0.0452579632];
        double[] expected =
        [
            20 * Math.Pow(4, (4 * probabilities[0]) - 1), 160, 10 * Math.Pow(2, 4 * probabilities[2]),
        ];
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], plan.GetLatency(k).TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void A_table_has_the_quantiles_and_the_mean_asked_for()
    {
        var table = Table(10, 20, 40, 40, 300);
        var plan = new LatencyPlan(new Scenario { LatencyQuantiles = table });
        var drawn = Enumerable.Range(0, 100_000).Select(k => plan.GetLatency(k).TotalMilliseconds).Order().ToList();
        Assert.InRange(drawn[0], 10, 10.01);
        Assert.InRange(drawn[25_000], 19.7, 20.3);
        Assert.Equal(40, drawn[60_000], tolerance: 1e-9);
        Assert.InRange(drawn[^1], 299, 300);
        Assert.Equal(drawn.Average(), table.Mean.TotalMilliseconds, tolerance: 0.01 * drawn.Average());
        Assert.Equal(40, table.Median.TotalMilliseconds, tolerance: 1e-9);
    }

    /// <remarks>Full at first; a token comes every half second; the bucket holds three.</remarks>
    [Fact]
    public void A_token_bucket_accepts_a_burst_and_then_the_rate()
    {
        var limiter = new TokenBucketRateLimiter(rate: 2, burst: 3);
        double[] arrivals = [0, 0.1, 0.2, 0.3, 0.5, 0.6, 1.0, 10, 10, 10, 10, 10.4, 10.5];
        Assert.Equal<IEnumerable<bool>>([true, true, true, false, true, false, true, true, true, true, false, false, true],
            arrivals.Select(seconds => limiter.TryAcquire(TimeSpan.FromSeconds(seconds))));
    }

    [Theory]
    [InlineData(0.001, 1)]
    [InlineData(1_000_000, 1_000_000)]
    public void The_lowest_and_the_highest_bucket_accept_their_burst(double rate, int burst)
    {
        var limiter = new TokenBucketRateLimiter(rate, burst);
        Assert.Equal(burst, Enumerable.Range(0, burst + 1).Count(_ => limiter.TryAcquire(TimeSpan.FromDays(1000))));
    }

    private static LatencyQuantiles Table(params double[] milliseconds) => new(milliseconds.Select(TimeSpan.FromMilliseconds));

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-12)]
    [InlineData(0.9999999999)]
    public void The_most_extreme_fault_shares_have_a_plan(double share)
    {
        var plan = new FaultPlan(new Scenario { FaultShare = share });
        var faults = new[] { 0, 1, 1000, int.MaxValue - 1, int.MaxValue }.Count(k => plan.GetFault(k) != FaultKinds.None);
        Assert.Equal(share < 0.5 ? 0 : 5, faults);
    }

    [Fact]
    public void The_same_requests_meet_a_fault_on_every_machine()
    {
        var plan = new FaultPlan(new Scenario { FaultShare = 0.05 });
        Assert.Equal<IEnumerable<int>>([9, 32, 40, 78], Enumerable.Range(0, 80).Where(k => plan.GetFault(k) != FaultKinds.None));
        Assert.Equal<IEnumerable<FaultKinds>>([FaultKinds.Reset, FaultKinds.Empty, FaultKinds.CutShort, FaultKinds.ServerError],
            Enumerable.Range(0, 80).Select(plan.GetFault).Where(fault => fault != FaultKinds.None));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(0.01, 1000)]
    [InlineData(0.05, 160)]
    [InlineData(0.3, 10)]
    [InlineData(0.1, 30)]
    [InlineData(0.7, 1000)]
    [InlineData(1, 50)]
    [InlineData(0.001, 1_000_000)]
    public void Exactly_the_share_meets_a_fault(double share, int count)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var plan = new FaultPlan(new Scenario { FaultShare = share, Seed = seed });
            Assert.Equal((int)Math.Round(share * count), Enumerable.Range(0, count).Count(k => plan.GetFault(k) != FaultKinds.None));
        }
    }

    [Theory]
    [InlineData(0.1, 1, 10)]
    [InlineData(1.5, 1, 1 / 1.5)]
    [InlineData(2.5, 2, 2 / 2.5)]
    public void A_rate_that_is_no_whole_number_has_a_window_of_another_length_than_a_second(double rate, int requests, double seconds)
    {
        var limiter = new SlidingWindowRateLimiter(rate);
        for (var request = 0; request < requests; request++) Assert.True(limiter.TryAcquire(TimeSpan.Zero));
        Assert.False(limiter.TryAcquire(TimeSpan.FromSeconds(0.99 * seconds)));
        Assert.True(limiter.TryAcquire(TimeSpan.FromSeconds(1.01 * seconds)));
    }

    [Fact]
    public void In_no_second_are_more_accepted_than_the_rate()
    {
        var limit = new SlidingWindowRateLimiter(3);
        double[] arrivals = [0, 0.1, 0.2, 0.3, 0.9, 1.0, 1.05, 1.1, 1.2, 1.9];
        Assert.Equal<IEnumerable<bool>>([true, true, true, false, false, true, false, true, true, false],
            arrivals.Select(seconds => limit.TryAcquire(TimeSpan.FromSeconds(seconds))));
    }
}

using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.Tests.MockServer;

public sealed class PlanTests
{
    private static readonly Scenario HeavyTailed = new() { Latency = TimeSpan.FromMilliseconds(20), LatencyP99 = TimeSpan.FromMilliseconds(200) };

    /// <remarks>The literals come from another implementation, in another language.</remarks>
    [Fact]
    public void The_random_numbers_are_the_same_on_every_machine()
    {
        var random = new SeededRandom(seed: 1, stream: 0);
        Assert.Equal<ulong[]>([0x5e41ab087439611e, 0xf18d6ce93d6cf1ee, 0x0b95f66d327e8d78], [random.Bits(0), random.Bits(1), random.Bits(2)]);
        Assert.InRange(random.At(0), 0.36818951565166946 - 1e-12, 0.36818951565166946 + 1e-12);
    }

    [Fact]
    public void The_heavy_tailed_latencies_are_the_same_on_every_machine()
    {
        var plan = new LatencyPlan(HeavyTailed);
        double[] expected = [14.332343402381904, 96.05828937914644, 3.744656556899652];
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], plan.Of(k).TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void Heavy_tailed_latency_has_the_median_and_the_99th_percentile_asked_for()
    {
        var plan = new LatencyPlan(HeavyTailed);
        var drawn = Enumerable.Range(0, 100_000).Select(k => plan.Of(k).TotalMilliseconds).Order().ToList();
        Assert.InRange(drawn[50_000], 19.5, 20.5);
        Assert.InRange(drawn[99_000], 190, 210);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.99, 2.326347874)]
    [InlineData(0.001, -3.090232306)]
    [InlineData(0.999, 3.090232306)]
    public void The_normal_quantiles_are_those_of_the_tables(double p, double z) => Assert.Equal(z, NormalDistribution.Quantile(p), tolerance: 1e-8);

    [Fact]
    public void The_faults_stand_at_their_places_on_every_machine()
    {
        var plan = new FaultPlan(new Scenario { FaultShare = 0.05 });
        Assert.Equal<IEnumerable<int>>([9, 32, 40, 78], Enumerable.Range(0, 80).Where(k => plan.Of(k) != FaultKinds.None));
        Assert.Equal<IEnumerable<FaultKinds>>([FaultKinds.Reset, FaultKinds.Empty, FaultKinds.CutShort, FaultKinds.ServerError],
            Enumerable.Range(0, 80).Select(plan.Of).Where(fault => fault != FaultKinds.None));
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
            Assert.Equal((int)Math.Round(share * count), Enumerable.Range(0, count).Count(k => plan.Of(k) != FaultKinds.None));
        }
    }

    [Fact]
    public void In_no_second_are_more_taken_than_the_rate()
    {
        var limit = new RateLimit(3);
        double[] arrivals = [0, 0.1, 0.2, 0.3, 0.9, 1.0, 1.05, 1.1, 1.2, 1.9];
        Assert.Equal<IEnumerable<bool>>([true, true, true, false, false, true, false, true, true, false],
            arrivals.Select(seconds => limit.Takes(TimeSpan.FromSeconds(seconds))));
    }

    [Fact]
    public void Options_that_were_given_make_the_same_scenario_in_another_process()
    {
        string[] arguments = ["--latency", "3", "--latency-p99", "40", "--seed", "9", "--connect-latency", "1.5", "--payload", "10,20", "--capacity", "16",
            "--queue", "4", "--rate-limit", "2.5", "--retry-after", "2", "--fault-share", "0.25", "--faults", "reset,server-error", "--protocol", "http2"];
        var options = new ScenarioOptions();
        var command = new System.CommandLine.RootCommand();
        foreach (var option in options.All) command.Add(option);
        var result = command.Parse(arguments);
        var scenario = options.Apply(result, new Scenario());

        Assert.Equal(arguments, options.Given(result));
        Assert.Equal(scenario, ScenarioOptions.Parse(options.Given(result), new Scenario()));
        Assert.Equal(new Scenario
        {
            Latency = TimeSpan.FromMilliseconds(3),
            LatencyP99 = TimeSpan.FromMilliseconds(40),
            Seed = 9,
            ConnectLatency = TimeSpan.FromMilliseconds(1.5),
            JythonBytes = 10,
            DiceBytes = 20,
            Capacity = 16,
            Queue = 4,
            RateLimit = 2.5,
            RetryAfter = TimeSpan.FromSeconds(2),
            FaultShare = 0.25,
            Faults = FaultKinds.Reset | FaultKinds.ServerError,
            Protocol = WireProtocol.Http2,
        }, scenario);
    }

    [Fact]
    public void A_baseline_stands_where_nothing_was_given()
    {
        var baseline = new Scenario { Latency = TimeSpan.FromMilliseconds(7), Capacity = 3 };
        Assert.Equal(baseline with { Seed = 5 }, ScenarioOptions.Parse(["--seed", "5"], baseline));
    }
}

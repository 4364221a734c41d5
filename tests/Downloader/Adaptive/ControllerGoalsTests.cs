namespace Downloader.Tests.Library.Adaptive;

/// <summary>The controller in simulated time reaches its goals, and controllers with a mistake do not.</summary>
public sealed class ControllerGoalsTests
{
    private const double Latency = ControllerGoals.Latency;

    private static readonly SimulatedServer Tail = new() { LatencyP99 = 15.5 * Latency };
    private static readonly SimulatedServer WithoutQueue = new() { Capacity = 16, Queue = 0 };
    private static readonly ControllerGoals Goals = new(ceiling => new LibraryController(ceiling));

    /// <summary>Names, so that each is a case of its own in the test report.</summary>
    private static readonly Dictionary<string, SimulatedServer> Servers = new()
    {
        ["constant"] = new(),
        ["tail"] = Tail,
        ["capacity with queue"] = new() { Capacity = 16, Queue = 64, RetryAfter = 1000 },
        ["capacity with queue, tail"] = new() { Capacity = 16, Queue = 64, RetryAfter = 1000, LatencyP99 = 15.5 * Latency },
        ["cold connections"] = new() { ConnectLatency = Latency },
        ["one cold connection for all, as HTTP/2"] = new() { ConnectLatency = Latency, SharesConnection = true },
        ["cold connections of two round trips, as HTTPS"] = new() { ConnectLatency = 0.6 },
    };

    public static TheoryData<string, int> ServersAndDownloads =>
        [.. Servers.Keys.SelectMany(name => new[] { (name, 160), (name, 1000) })];

    [Theory]
    [MemberData(nameof(ServersAndDownloads))]
    public void It_is_about_as_fast_as_the_best_number_of_workers(string server, int downloads) =>
        Assert.Empty(Goals.CheckMakespan(Servers[server], downloads));

    [Theory]
    [InlineData(64, 160, 0.03)]
    [InlineData(64, 1000, 0.01)]
    [InlineData(16, 160, 0.05)]
    [InlineData(16, 1000, 0.01)]
    [InlineData(0, 160, 0.08)]
    [InlineData(0, 1000, 0.05)]
    public void It_costs_few_refusals_to_find_the_capacity(int queue, int downloads, double maxShare) =>
        Assert.Empty(Goals.CheckRefusals(WithoutQueue with { Queue = queue }, downloads, maxShare));

    /// <summary>A refusal that asks to wait for a second takes a second, whatever the client does: fifty service times here, so that the
    /// makespan cannot be near that of a count that is never refused. What can be asked is that it happens once.</summary>
    [Theory]
    [InlineData(160)]
    [InlineData(1000)]
    public void Where_a_refusal_asks_to_wait_it_is_met_once(int downloads)
    {
        var server = WithoutQueue with { RetryAfter = 1000 };
        for (var seed = 1; seed <= 20; seed++)
        {
            var best = Simulation.RunFixed(server, 16, downloads, seed).Makespan;

            var run = Simulation.RunControlled(server, new LibraryController(64), 64, downloads, seed);

            Assert.InRange(run.Makespan, 1000, best + 1000 + (3 * Latency));
            Assert.True(run.RefusedShare <= 0.05, $"{run.RefusedShare:P1}");
        }
    }

    /// <summary>The limiter accepts a whole second's requests at the beginning of each second, so that 500 take 4 s at least.</summary>
    [Fact]
    public void A_rate_limit_is_learned_and_kept() => Assert.Empty(Goals.CheckRate(
        new() { Latency = 50, RateLimit = 100, RetryAfter = 1000 }, downloads: 500, maxMakespan: 1.15 * 4000, maxAttempts: 1.10));

    /// <summary>5,000 calls a night, 80 ms median, 600 ms at the 99th percentile, 429 past 40 a second: 1.05 times the time that the
    /// calls take at this rate.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(5000)]
    public void The_worked_example_of_the_docs(int downloads) => Assert.Empty(Goals.CheckRate(
        new() { Latency = 80, LatencyP99 = 600, RateLimit = 40, RetryAfter = 1000 },
        downloads,
        maxMakespan: 1.05 * downloads / 40 * 1000,
        maxAttempts: 1.02));

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void It_has_recovered_five_service_times_after_the_capacity_was_halved(int queue) =>
        Assert.Empty(Goals.CheckHalvedCapacity(WithoutQueue with { Queue = queue, HalvedAt = 25 * Latency }));

    [Fact]
    public void A_controller_that_never_backs_off_misses_them()
    {
        var planted = new ControllerGoals(PlantedController.CreateThatNeverBacksOff);

        Assert.NotEmpty(planted.CheckRefusals(WithoutQueue, 160, 0.08));
        Assert.NotEmpty(planted.CheckRefusals(WithoutQueue, 1000, 0.05));
        Assert.NotEmpty(planted.CheckRate(new() { Latency = 50, RateLimit = 100, RetryAfter = 1000 }, 500, 1.15 * 4000, 1.10));
        Assert.NotEmpty(planted.CheckHalvedCapacity(WithoutQueue with { HalvedAt = 25 * Latency }));
    }

    [Fact]
    public void A_controller_that_grows_on_errors_misses_them()
    {
        var planted = new ControllerGoals(PlantedController.CreateThatGrowsOnErrors);

        Assert.NotEmpty(planted.CheckRefusals(WithoutQueue, 160, 0.08));
        Assert.NotEmpty(planted.CheckHalvedCapacity(WithoutQueue with { HalvedAt = 25 * Latency }));
    }

    [Fact]
    public void A_controller_that_collapses_on_one_slow_answer_misses_them()
    {
        var planted = new ControllerGoals(PlantedController.CreateThatCollapsesOnOneSlowAnswer);

        Assert.NotEmpty(planted.CheckMakespan(Tail, 160));
        Assert.NotEmpty(planted.CheckMakespan(Tail, 1000));
    }
}

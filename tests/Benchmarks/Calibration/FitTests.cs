using Downloader.Benchmarks.Calibration;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The server that a fit finds, against the simulated one that was watched.</summary>
public sealed class FitTests
{
    private const int Seeds = 3;

    /// <summary>By name, since a test's arguments are shown.</summary>
    private static readonly Dictionary<string, Func<Random, double>> Services = new()
    {
        ["constant 5 ms"] = FitServer.Constant(5),
        ["constant 100 ms"] = FitServer.Constant(100),
        ["jitter"] = FitServer.Jitter(40, 20),
        ["log-normal"] = FitServer.LogNormal(50, 0.4),
        ["tail"] = FitServer.LogNormal(40, 1),
        ["two modes"] = FitServer.TwoModes(20, 120, 0.15),
    };

    [Fact]
    public void A_server_without_a_limit_is_not_said_to_have_one() =>
        AssertShare(0.97, Fits(service => new FitServer { Service = service, ConnectMs = 20 }, Seeds * 4),
            fit => fit.Mechanism == Mechanism.None && fit.Capacity is null);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void The_capacity_of_a_server_with_a_queue_is_found(int capacity) =>
        AssertShare(0.95, Fits(service => new FitServer { Service = service, Capacity = capacity, ConnectMs = 30 }),
            fit => fit is { Mechanism: Mechanism.Queue, QueueIsLowerBound: true } && IsWithin(fit.Capacity, capacity, 0.1));

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 8)]
    public void The_length_of_a_queue_is_exact_when_more_was_refused(int capacity, int queue) =>
        AssertShare(0.94, Fits(service => new FitServer { Service = service, Capacity = capacity, Queue = queue }),
            fit => fit is { Mechanism: Mechanism.Queue, QueueIsLowerBound: false }
                && fit.Capacity!.Value == capacity && fit.Queue == queue);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_server_that_refuses_more_than_it_serves_has_that_capacity(int capacity) =>
        AssertShare(0.95, Fits(service => new FitServer { Service = service, Capacity = capacity, Queue = 0, ConnectMs = 10 }),
            fit => fit.Mechanism == Mechanism.Refusal && fit.Capacity!.Value == capacity && fit.Queue == 0);

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public void The_rate_of_a_window_is_found(int rate) =>
        AssertShare(0.94, Fits(service => new FitServer { Service = service, Limiter = FitServer.Window(rate, 1) }),
            fit => fit.Mechanism == Mechanism.Rate && IsWithin(fit.RateLimitPerSecond, rate, 0.05));

    private static List<ServerFit> Fits(Func<Func<Random, double>, FitServer> create, int seeds = Seeds) =>
    [
        .. Services.Values.SelectMany(service => Enumerable.Range(1, seeds)
            .Select(seed => ServerFitter.Fit(FitProber.Observe(create(service), seed)))),
    ];

    private static void AssertShare(double share, List<ServerFit> fits, Func<ServerFit, bool> isRight)
    {
        var right = fits.Count(isRight);
        Assert.True(right >= share * fits.Count, $"{right} of {fits.Count} are right: {string.Join("; ", fits.Select(Show))}");
    }

    private static bool IsWithin(Interval? interval, double value, double share) =>
        interval is not null && Math.Abs(interval.Value - value) <= share * value;

    private static string Show(ServerFit fit) =>
        $"{fit.Mechanism} {fit.Capacity?.Value}+{fit.Queue} {fit.RateLimitPerSecond?.Value}/{fit.RateBurst}";
}

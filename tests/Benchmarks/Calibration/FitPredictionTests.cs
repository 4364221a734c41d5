using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>Predicted makespans and recommended workers, against the simulated server that was watched.</summary>
public sealed class FitPredictionTests
{
    private const int Downloads = 500;

    private static readonly FitServer[] NarrowServers =
    [
        new() { Service = FitServer.Constant(50), Capacity = 8, ConnectMs = 60 },
        new() { Service = FitServer.Constant(5), Capacity = 4 },
        new() { Service = FitServer.Jitter(20, 8), Capacity = 4, ConnectMs = 30 },
        new() { Service = FitServer.LogNormal(50, 0.2), Capacity = 8 },
        new() { Service = FitServer.Constant(100), ConnectMs = 20 },
        new() { Service = FitServer.Constant(50), Limiter = FitServer.Window(50, 1) },
    ];

    private static readonly FitServer[] WideServers =
    [
        new() { Service = FitServer.LogNormal(40, 1), Capacity = 4 },
        new() { Service = FitServer.LogNormal(40, 1.7), Capacity = 8 },
        new() { Service = FitServer.TwoModes(20, 200, 0.1), Capacity = 4 },
        new() { Service = FitServer.LogNormal(40, 1) },
        new() { Service = FitServer.Constant(50), Capacity = 4, FaultShare = 0.04 },
    ];

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void The_makespan_of_narrow_service_times_is_predicted_within_5_percent()
    {
        var errors = Check(NarrowServers, seeds: 3).Select(check => Math.Abs((check.Predicted.MakespanMs / check.Measured) - 1)).ToList();

        Assert.True(errors.Count(error => error <= 0.05) >= 0.95 * errors.Count, string.Join(' ', errors.Select(error => $"{error:P1}")));
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void The_interval_of_wide_service_times_holds_the_makespan()
    {
        var checks = Check(WideServers, seeds: 4).ToList();
        var inside = checks.Count(check => check.Predicted.LowMs <= check.Measured && check.Measured <= check.Predicted.HighMs);

        Assert.True(inside >= 0.85 * checks.Count, $"{inside} of {checks.Count}");
    }

    [Fact]
    public void A_wide_distribution_gets_a_wide_interval()
    {
        var narrow = MakespanPredictor.Predict(Fit(NarrowServers[3]), 8, Downloads);
        var wide = MakespanPredictor.Predict(Fit(WideServers[1]), 8, Downloads);

        Assert.True(Width(wide) > 2 * Width(narrow), $"{wide} {narrow}");
    }

    [Fact]
    public void The_same_fit_gives_the_same_prediction()
    {
        var fit = Fit(WideServers[0]);

        Assert.Equal(MakespanPredictor.Predict(fit, 6, 100), MakespanPredictor.Predict(fit, 6, 100));
    }

    [Theory]
    [InlineData(1, 5_000)]
    [InlineData(4, 1_250)]
    [InlineData(8, 1_250)]
    public void A_known_scenario_is_predicted_exactly(int workers, double milliseconds)
    {
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(50), Capacity = 4 };

        var prediction = MakespanPredictor.Predict(ServerFit.FromScenario(scenario), workers, downloads: 100);

        Assert.InRange(prediction.MakespanMs, milliseconds * 0.999, milliseconds * 1.001);
    }

    [Fact]
    public void New_connections_cost_once_a_worker()
    {
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(50), ConnectLatency = TimeSpan.FromMilliseconds(70) };

        var prediction = MakespanPredictor.Predict(ServerFit.FromScenario(scenario), 10, downloads: 100);

        Assert.InRange(prediction.MakespanMs, 569, 571);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void As_many_workers_are_recommended_as_are_served_at_once(int capacity)
    {
        var scenario = new Scenario { Capacity = capacity };

        Assert.Equal(capacity, WorkerRecommender.Recommend(ServerFit.FromScenario(scenario), Downloads).Workers);
        Assert.Equal(capacity, WorkerRecommender.Recommend(ServerFit.FromScenario(scenario with { Queue = 0 }), Downloads).Workers);
    }

    [Fact]
    public void A_rate_limit_is_recommended_a_pace_below_it_and_workers_enough_to_keep_it()
    {
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(50), RateLimit = 100 };

        var recommendation = WorkerRecommender.Recommend(ServerFit.FromScenario(scenario), Downloads);

        Assert.Equal(96, recommendation.RatePerSecond);
        Assert.InRange(recommendation.Workers, 5, 6);
    }

    [Fact]
    public void More_workers_than_are_served_at_once_are_explained()
    {
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(20), Capacity = 8, FaultShare = 0.02 };

        var recommendation = WorkerRecommender.Recommend(ServerFit.FromScenario(scenario), Downloads);

        Assert.InRange(recommendation.Workers, 9, 32);
        Assert.Equal(
            "The server serves 8 requests at once. While downloads that failed wait before they are tried again, other workers use their "
                + "places.",
            recommendation.Reason);
    }

    [Fact]
    public void Without_a_limit_the_most_that_were_tried_are_recommended_and_said_to_be()
    {
        var recommendation = WorkerRecommender.Recommend(Fit(NarrowServers[4]), Downloads);

        Assert.Equal(32, recommendation.Workers);
        Assert.Contains("more was not tried", recommendation.Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<(Prediction Predicted, double Measured)> Check(IEnumerable<FitServer> servers, int seeds) =>
        from server in servers
        from seed in Enumerable.Range(1, seeds)
        let fit = ServerFitter.Fit(FitProber.Observe(server, seed))
        let pace = WorkerRecommender.Recommend(fit, Downloads).RatePerSecond
        let knee = server.Capacity ?? 8
        from workers in new[] { knee / 2, knee, knee * 2 }
        select (MakespanPredictor.Predict(fit, workers, Downloads), FitProber.Measure(server, 1000 + seed, workers, Downloads, pace));

    private static ServerFit Fit(FitServer server) => ServerFitter.Fit(FitProber.Observe(server, seed: 1));

    private static double Width(Prediction prediction) => (prediction.HighMs - prediction.LowMs) / prediction.MakespanMs;
}

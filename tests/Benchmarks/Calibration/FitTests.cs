using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The server that a fit finds, against the simulated one that was watched.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
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
            fit => fit.Mechanism == Mechanism.Refusal && IsWithin(fit.Capacity, capacity, 0.1) && fit.Queue == 0);

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public void The_rate_of_a_window_is_found(int rate) =>
        AssertShare(0.94, Fits(service => new FitServer { Service = service, Limiter = FitServer.Window(rate, 1) }),
            fit => fit.Mechanism == Mechanism.Rate && IsWithin(fit.RateLimitPerSecond, rate, 0.05));

    [Theory]
    [InlineData(10, 20)]
    [InlineData(50, 50)]
    public void The_rate_of_a_token_bucket_is_found(int burst, int rate) =>
        AssertShare(0.83, Fits(service => new FitServer { Service = service, Limiter = FitServer.Bucket(burst, rate) }),
            fit => fit.Mechanism == Mechanism.Rate && IsWithin(fit.RateLimitPerSecond, rate, 0.05));

    /// <summary>As nginx's limit_req answers.</summary>
    [Fact]
    public void A_rate_that_is_refused_with_503_is_no_capacity() =>
        AssertShare(0.8, Fits(service => new FitServer { Service = service, Limiter = FitServer.Bucket(10, 20), LimiterStatus = 503 }),
            fit => fit.Mechanism == Mechanism.Rate);

    [Fact]
    public void The_cost_of_a_connection_is_found_where_the_service_times_allow_it() =>
        AssertShare(0.94, Fits(service => new FitServer { Service = service, Capacity = 4, ConnectMs = 60 }),
            fit => IsWithin(fit.ConnectLatencyMs, 60, 0.12));

    [Fact]
    public void The_interval_of_a_connections_cost_holds_it() =>
        AssertShare(0.85, Fits(service => new FitServer { Service = service, ConnectMs = 60 }, Seeds * 2),
            fit => fit.ConnectLatencyMs!.Low <= 60.5 && fit.ConnectLatencyMs.High >= 59.5);

    [Fact]
    public void Faults_are_counted_and_hide_no_limit() =>
        AssertShare(0.94, Fits(service => new FitServer { Service = service, Capacity = 4, FaultShare = 0.05 }),
            fit => fit is { Mechanism: Mechanism.Queue, Capacity.Value: 4 } && fit.FaultShare.Low <= 0.05 && fit.FaultShare.High >= 0.05);

    [Fact]
    public void A_wide_distribution_says_how_many_requests_it_takes()
    {
        var fit = ServerFitter.Fit(FitProber.Observe(new FitServer { Service = FitServer.LogNormal(40, 1.7) }, seed: 1));

        Assert.InRange(fit.RequestsForFivePercent, 1500, 15_000);
        Assert.Contains(fit.Limits, limit => limit.Contains($"5 % takes {fit.RequestsForFivePercent} requests", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_requests_are_an_error_of_one_line()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Constant(50) }, seed: 1);

        var error = Assert.Throws<CalibrationException>(
            () => ServerFitter.Fit(observations with { Requests = [.. observations.Requests.Take(9)] }));

        Assert.Equal("test: 9 requests succeeded; at least 10 are needed.", error.Message);
    }

    /// <summary>As of a server that restarts.</summary>
    [Fact]
    public void A_single_refusal_that_others_contradict_is_no_limit()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Jitter(40, 20) }, seed: 1);
        var requests = observations.Requests.ToArray();
        requests[80] = requests[80] with { Outcome = ObservedOutcome.Refused, Status = 503 };

        var fit = ServerFitter.Fit(observations with { Requests = requests });

        Assert.Equal(Mechanism.None, fit.Mechanism);
        Assert.Contains("Requests that were refused without a limit that explains it: 1.", fit.Limits);
    }

    [Fact]
    public void No_more_workers_are_recommended_than_those_that_met_no_sign_of_a_limit()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Constant(50) }, seed: 1);

        var recommendation = WorkerRecommender.Recommend(ServerFitter.Fit(observations with { StoppedAt = 12 }));

        Assert.Equal(8, recommendation.Workers);
        Assert.Contains("With 12 workers the server showed a limit", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_that_robots_txt_asks_for_is_the_pace()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Constant(50) }, seed: 1);

        var fit = ServerFitter.Fit(observations with { CrawlDelay = TimeSpan.FromSeconds(2) });
        var recommendation = WorkerRecommender.Recommend(fit, downloads: 20);

        Assert.Equal((1, 0.5), (recommendation.Workers, recommendation.RatePerSecond));
        Assert.InRange(MakespanPredictor.Predict(fit, 1, 20).MakespanMs, 36_000, 42_000);
    }

    /// <summary>One lost request of a thousand: four of ten runs of 500 downloads have one or more, which waits for a second.</summary>
    [Fact]
    public void Over_HTTP_1_0_a_client_of_several_connections_loses_requests_that_the_calibration_does_not()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Constant(2) }, seed: 1);
        var timing = new ConnectionTiming(null, TimeSpan.FromMilliseconds(0.1), null);
        var requests = observations.Requests.Select(request => request with { NewConnection = timing });
        observations = observations with { Requests = [.. requests] };

        var fit = ServerFitter.Fit(observations);
        var overHttp10 = ServerFitter.Fit(observations with { IsHttp10 = true });

        Assert.DoesNotContain(fit.Limits, limit => limit.Contains("HTTP/1.0", StringComparison.Ordinal));
        Assert.Contains(overHttp10.Limits, limit => limit.Contains("HTTP/1.0", StringComparison.Ordinal));
        Assert.Equal(0, overHttp10.FaultShare.Value);
        var (kept, lost) = (MakespanPredictor.Predict(fit, 4, 500), MakespanPredictor.Predict(overHttp10, 4, 500));
        Assert.InRange(kept.HighMs, kept.LowMs, 400);
        Assert.True(lost.HighMs > kept.HighMs + 500, $"{kept} {lost}");
        Assert.InRange(lost.LowMs, kept.LowMs / 1.1, kept.LowMs * 1.1);
    }

    [Fact]
    public void Without_precise_times_only_durations_are_used()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.Constant(50), Capacity = 2 }, seed: 1);

        var fit = ServerFitter.Fit(observations with { HasPreciseTimes = false });

        Assert.Equal((Mechanism.None, null), (fit.Mechanism, fit.Capacity));
        Assert.Contains("Requests ended at times known to a second only: limits cannot be found.", fit.Limits);
    }

    [Fact]
    public void The_scenario_of_a_fit_is_valid_and_gives_the_same_server()
    {
        var server = new FitServer { Service = FitServer.Jitter(40, 20), Capacity = 4, Queue = 8, ConnectMs = 30 };
        var fit = ServerFitter.Fit(FitProber.Observe(server, seed: 1));

        var scenario = fit.ToScenario();
        scenario.Validate();
        var again = ServerFit.FromScenario(scenario, fit.LatencySamples);

        Assert.Equal((4, 8, "/a"), (scenario.Capacity, scenario.Queue, scenario.Pages![0].Path));
        Assert.Equal((fit.Mechanism, fit.Capacity!.Value, fit.Queue), (again.Mechanism, again.Capacity!.Value, again.Queue));
        Assert.Equal(fit.Latency, again.Latency);
        Assert.InRange(again.MeanLatencyMs.Value / fit.MeanLatencyMs.Value, 0.99, 1.01);
    }

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

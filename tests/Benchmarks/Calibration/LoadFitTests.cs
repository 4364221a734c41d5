using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>Servers whose requests take longer with more workers.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class LoadFitTests
{
    private const int Downloads = 200;
    private const int Seeds = 10;

    private static readonly Dictionary<string, FitServer> SlowerServers = new()
    {
        ["one core"] = new() { Service = FitServer.LogNormal(10, 0.5), Slowdown = inFlight => inFlight },
        ["one core, very fast"] = new() { Service = FitServer.LogNormal(0.3, 0.3), Slowdown = inFlight => inFlight },
        ["four cores"] = new() { Service = FitServer.LogNormal(20, 0.5), Slowdown = inFlight => Math.Max(1, inFlight / 4.0) },
        ["gradually slower"] = new() { Service = FitServer.LogNormal(40, 0.3), Slowdown = inFlight => 1 + ((inFlight - 1) / 8.0) },
        ["slower and slower"] = new() { Service = FitServer.LogNormal(20, 0.5), Slowdown = inFlight => 1 + (inFlight * inFlight / 80.0) },
    };

    public static TheoryData<string> Names => [.. SlowerServers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_makespan_at_half_once_and_twice_the_recommended_workers_is_within_its_interval(string name)
    {
        var checks = (
            from seed in Enumerable.Range(1, Seeds)
            let fit = Fit(SlowerServers[name], seed)
            let recommended = WorkerRecommender.Recommend(fit, Downloads).Workers
            from workers in new[] { Math.Max(1, recommended / 2), recommended, 2 * recommended }
            select Check(fit, SlowerServers[name], seed, workers)).ToList();

        var inside = checks.Count(check => check.IsInside);
        Assert.True(inside >= 0.7 * checks.Count, $"{inside} of {checks.Count}: {string.Join("; ", checks.Select(check => check.Text))}");
    }

    [Theory]
    [InlineData("four cores")]
    [InlineData("gradually slower")]
    [InlineData("slower and slower")]
    public void The_recommended_workers_are_nearly_as_fast_as_the_best(string name)
    {
        var server = SlowerServers[name];
        var slowdowns = Enumerable.Range(1, Seeds).Select(seed =>
        {
            var workers = WorkerRecommender.Recommend(Fit(server, seed), Downloads).Workers;
            var best = Enumerable.Range(0, 6)
                .Min(power => FitProber.Measure(server, 1000 + seed, 1 << power, Downloads));
            return FitProber.Measure(server, 1000 + seed, workers, Downloads) / best;
        }).ToList();

        Assert.True(slowdowns.Count(slowdown => slowdown < 1.15) >= 0.9 * Seeds, string.Join(' ', slowdowns.Select(one => $"{one:0.00}")));
    }

    [Fact]
    public void Durations_that_rise_are_kept_by_number_of_workers_and_explain_the_recommendation()
    {
        var fit = Fit(SlowerServers["slower and slower"], seed: 1);
        var recommendation = WorkerRecommender.Recommend(fit, Downloads);

        Assert.Equal(Mechanism.None, fit.Mechanism);
        Assert.Equal(1, fit.LatencyByWorkers[0].InFlight);
        Assert.InRange(fit.LatencyByWorkers[^1].InFlight, 29, 32);
        Assert.True(fit.LatencyByWorkers[^1].Latency.Mean > 5 * fit.LatencyByWorkers[0].Latency.Mean);
        Assert.InRange(fit.LatencyByWorkers.Sum(level => level.Samples), 200, 300);
        Assert.StartsWith(
            $"Requests take longer with more workers, so that more than {recommendation.Workers} gain nothing",
            recommendation.Reason,
            StringComparison.Ordinal);
        Assert.Contains(fit.Limits, limit => limit.StartsWith("Requests take longer with more workers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("one core, very fast", true)]
    [InlineData("slower and slower", false)]
    public void A_prediction_that_leaves_out_the_clients_own_time_is_said_to(string name, bool isSaid) =>
        Assert.Equal(isSaid, Fit(SlowerServers[name], seed: 1).Limits.Any(limit =>
            limit.Contains("the client's own time", StringComparison.Ordinal)));

    [Fact]
    public void The_durations_of_a_server_that_closes_each_connection_are_kept_too()
    {
        var observations = FitProber.Observe(SlowerServers["slower and slower"], seed: 1);
        var connection = new ConnectionTiming(null, TimeSpan.FromMilliseconds(0.1), null);

        var fit = ServerFitter.Fit(observations with
        {
            Requests = [.. observations.Requests.Select(request => request with { NewConnection = connection })],
        });

        Assert.Equal(1, fit.LatencyByWorkers[0].InFlight);
        Assert.InRange(fit.LatencyByWorkers[^1].InFlight, 29, 32);
    }

    [Fact]
    public void A_server_that_is_as_fast_under_load_is_not_said_to_be_slower()
    {
        Func<Random, double>[] services =
            [FitServer.Constant(5), FitServer.Constant(100), FitServer.LogNormal(50, 0.4), FitServer.LogNormal(40, 1.7)];

        var fits = services.SelectMany(service => Enumerable.Range(1, Seeds)
            .Select(seed => Fit(new FitServer { Service = service, ConnectMs = 20 }, seed))).ToList();

        var right = fits.Count(fit => fit.LatencyByWorkers.Count == 0);
        Assert.True(right >= 0.95 * fits.Count, $"{right} of {fits.Count}");
    }

    [Fact]
    public void Above_the_highest_level_throughput_does_not_grow()
    {
        var fit = Fit(SlowerServers["slower and slower"], seed: 1);

        var (highest, more) = (MakespanPredictor.Predict(fit, 32, 2000), MakespanPredictor.Predict(fit, 64, 2000));

        Assert.InRange(more.MakespanMs / highest.MakespanMs, 0.95, 1.05);
    }

    [Fact]
    public void Few_durations_make_a_wide_interval()
    {
        var fit = Fit(SlowerServers["slower and slower"], seed: 1);
        var few = fit with { LatencyByWorkers = [.. fit.LatencyByWorkers.Select(level => level with { Samples = 4 })] };

        Assert.True(Width(few) > 1.5 * Width(fit), $"{Width(few)} {Width(fit)}");
    }

    private static ServerFit Fit(FitServer server, int seed) => ServerFitter.Fit(FitProber.Observe(server, seed));

    private static (bool IsInside, string Text) Check(ServerFit fit, FitServer server, int seed, int workers)
    {
        var prediction = MakespanPredictor.Predict(fit, workers, Downloads);
        var measured = FitProber.Measure(server, 1000 + seed, workers, Downloads);
        var isInside = prediction.LowMs <= measured && measured <= prediction.HighMs;
        var limit = $"{fit.Mechanism} {fit.Capacity?.Value}";
        return (isInside, $"{limit}, {workers}: {measured / prediction.MakespanMs:0.00} {isInside}");
    }

    private static double Width(ServerFit fit)
    {
        var prediction = MakespanPredictor.Predict(fit, 16, Downloads);
        return (prediction.HighMs - prediction.LowMs) / prediction.MakespanMs;
    }
}

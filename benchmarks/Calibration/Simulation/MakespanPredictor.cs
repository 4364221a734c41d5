using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>Predicts how long downloads take that `downloader --workers W --retry 10` makes.</summary>
public static class MakespanPredictor
{
    private const int Runs = 300;
    private const int Seed = 1;

    private const double Z95 = 1.96;

    /// <summary>Processes of one program differ by this much on a machine that does something else too, which the simulation does not
    /// know.</summary>
    private const double ProcessNoise = 0.02;

    /// <summary>The median of simulated runs, and the interval that holds 90 % of them.</summary>
    /// <remarks>Each run has a distribution of its own, resampled from the fitted one with as many samples as that was learnt from, so that
    /// the interval counts both that the server is not known exactly and that runs differ. Where the server limits the rate, the client
    /// keeps to a pace below it; a limit that is hardly known is drawn too. Where requests take longer with more workers, what was seen
    /// with each number of workers is used.</remarks>
    /// <param name="fit">What is known of the server.</param>
    /// <param name="workers">How many workers download; 1 or more.</param>
    /// <param name="downloads">How many downloads there are; 1 or more.</param>
    public static Prediction Predict(ServerFit fit, int workers, int downloads)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(downloads, 1);
        var server = CreateServer(fit);
        var makespans = Enumerable.Range(0, Runs).Select(run => Simulate(fit, server, workers, downloads, run)).Order().ToArray();
        var (low, high) = (makespans[Runs / 20], makespans[Runs - 1 - (Runs / 20)]);
        return new Prediction(workers, downloads, makespans[Runs / 2], low * (1 - ProcessNoise), high * (1 + ProcessNoise));
    }

    private static double Simulate(ServerFit fit, SimulatedServer server, int workers, int downloads, int run)
    {
        // The same seed for all numbers of workers: their difference is not one of chance.
        var random = new Random(Seed + run);
        var resampled = Resample(fit, server, workers, random) with
        {
            FaultShare = GetFaultShare(fit.FaultShare, random) + fit.LostRequestShare,
            PacePerSecond = GetPace(fit, server.PacePerSecond, random),
        };
        return MakespanSimulation.Run(resampled, workers, downloads, random);
    }

    private static SimulatedServer Resample(ServerFit fit, SimulatedServer server, int workers, Random random)
    {
        if (fit.LatencyByWorkers.Count == 0)
        {
            return fit.LatencySamples is { } samples ? server with { ServiceMs = Resample(fit.Latency, samples, random) } : server;
        }

        // All levels, whatever the number of workers: how many are in flight changes at the beginning and at the end of a run.
        var levels = fit.LatencyByWorkers
            .Select(level => (level.InFlight, Times: Resample(level.Latency, level.Samples, random))).ToList();
        var nearest = levels.MinBy(level => Math.Abs(Math.Log(level.InFlight / workers))).Times;
        var mean = nearest.Average();
        return server with
        {
            ServiceMs = [.. nearest.Select(time => time / mean)],
            Load = new LoadCurve(levels.Select(level => (level.InFlight, level.Times.Average()))),
        };
    }

    private static double[] Resample(LatencyQuantiles latency, int samples, Random random)
    {
        var times = new double[samples];
        for (var i = 0; i < times.Length; i++) times[i] = latency.At(random.NextDouble()).TotalMilliseconds;
        return times;
    }

    /// <summary>A share within the interval of what is known, as by a normal distribution.</summary>
    private static double GetFaultShare(Interval share, Random random)
    {
        if (share.Value == 0) return 0;
        var normal = DrawNormal(random);
        var width = normal < 0 ? share.Value - share.Low : share.High - share.Value;
        return Math.Clamp(share.Value + (normal / Z95 * width), 0, 1);
    }

    /// <summary>The client's pace or, where the limit is hardly known, one within what is known of it, as by a log-normal distribution: no
    /// more than the limit is accepted, however fast the client is.</summary>
    private static double? GetPace(ServerFit fit, double? pace, Random random)
    {
        if (!fit.IsRateVague) return pace;
        var limit = fit.RateLimitPerSecond!;
        var normal = DrawNormal(random);
        var end = normal < 0 ? Math.Max(limit.Low, double.Epsilon) : limit.High;
        return Math.Min(pace ?? double.MaxValue, limit.Value * Math.Pow(end / limit.Value, Math.Abs(normal) / Z95));
    }

    private static double DrawNormal(Random random) => Normal.InvCDF(0, 1, Math.Max(random.NextDouble(), 1e-9));

    private static SimulatedServer CreateServer(ServerFit fit)
    {
        var isLimited = fit.Mechanism is Mechanism.Queue or Mechanism.Refusal;
        var capacity = isLimited && fit.Capacity is not null ? (int?)fit.Capacity.Value : null;
        return new SimulatedServer
        {
            ServiceMs = [.. fit.Latency.Values.Select(value => value.TotalMilliseconds)],
            OverheadMs = fit.OverheadMs,
            ConnectMs = fit.ConnectLatencyMs?.Value ?? 0,
            Capacity = capacity,
            Limit = capacity is null || fit.QueueIsLowerBound ? null : capacity + (fit.Queue ?? 0),
            RetryAfterMs = fit.RetryAfter?.TotalMilliseconds,
            FaultShare = fit.FaultShare.Value,
            LostConnectionShare = fit.LostConnectionShare,
            PacePerSecond = SafePace.Get(fit),
        };
    }
}

using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>What service times tell: their quantiles, their mean, and how well it is known.</summary>
internal static class ServiceTimes
{
    private const int MaxQuantiles = 201;
    private const int Resamples = 1000;

    /// <summary>Of many samples fewer resamples do: so many draws are made at most.</summary>
    private const int MaxDraws = 20_000_000;
    private const int Seed = 1;
    private const double Z = 1.96;
    private const double WantedError = 0.05;

    /// <summary>A table of evenly spaced quantiles, no more than there are samples.</summary>
    /// <param name="samples">Milliseconds.</param>
    public static LatencyQuantiles GetQuantiles(double[] samples)
    {
        var sorted = samples.Order().ToArray();
        var count = Math.Clamp(sorted.Length, LatencyQuantiles.MinValues, MaxQuantiles);
        return new LatencyQuantiles(Enumerable.Range(0, count).Select(k => ToTime(GetQuantile(sorted, k / (count - 1.0)))));
    }

    /// <summary>The mean, with an interval by resampling (Efron, "Bootstrap methods: another look at the jackknife", 1979).</summary>
    /// <param name="samples">Milliseconds.</param>
    public static Interval GetMean(double[] samples)
    {
        var random = new Random(Seed);
        var means = Enumerable.Range(0, Resamples)
            .Select(_ => samples.Average(_ => samples[random.Next(samples.Length)]))
            .Order().ToArray();
        return new Interval(samples.Average(), GetQuantile(means, 0.025), GetQuantile(means, 0.975));
    }

    /// <summary>The standard deviation divided by the mean; 0 where all are 0.</summary>
    /// <param name="samples">Milliseconds.</param>
    public static double GetVariation(double[] samples)
    {
        var mean = samples.Average();
        return mean > 0 ? samples.StandardDeviation() / mean : 0;
    }

    /// <summary>The interval of <see cref="GetVariation"/>, by resampling.</summary>
    /// <param name="samples">Milliseconds.</param>
    public static Interval GetVariationInterval(double[] samples)
    {
        var random = new Random(Seed);
        var resample = new double[samples.Length];
        var variations = new double[Math.Clamp(MaxDraws / samples.Length, Resamples / 10, Resamples)];
        for (var i = 0; i < variations.Length; i++)
        {
            for (var k = 0; k < resample.Length; k++) resample[k] = samples[random.Next(samples.Length)];
            variations[i] = GetVariation(resample);
        }

        Array.Sort(variations);
        return new Interval(GetVariation(samples), GetQuantile(variations, 0.025), GetQuantile(variations, 0.975));
    }

    /// <summary>How many requests it takes to know a mean within 5 % with 95 % confidence.</summary>
    /// <param name="variation">The coefficient of variation.</param>
    public static int GetRequestsForFivePercent(double variation)
    {
        var requests = Math.Ceiling(Math.Pow(Z * variation / WantedError, 2));
        return (int)Math.Clamp(requests, 1, int.MaxValue);
    }

    /// <summary>A share, with its exact interval (Clopper and Pearson, 1934).</summary>
    /// <param name="count">How many have the property.</param>
    /// <param name="all">Of how many.</param>
    public static Interval GetShare(int count, int all)
    {
        if (all == 0) return new Interval(0, 0, 1);
        var low = count == 0 ? 0 : Beta.InvCDF(count, all - count + 1, 0.025);
        var high = count == all ? 1 : Beta.InvCDF(count + 1, all - count, 0.975);
        return new Interval((double)count / all, low, high);
    }

    private static double GetQuantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var lower = Math.Min((int)position, sorted.Length - 1);
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
    }

    private static TimeSpan ToTime(double milliseconds) =>
        TimeSpan.FromMilliseconds(Math.Clamp(
            Math.Round(milliseconds, 3), LatencyQuantiles.MinLatency.TotalMilliseconds, Scenario.MaxLatency.TotalMilliseconds));
}

using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>Which of some samples, in rising order, hold a quantile of what they were drawn from between them in 95 % of the cases,
/// whatever the distribution (H. A. David and H. N. Nagaraja, Order Statistics, 2003, section 7.1).</summary>
internal static class OrderStatistics
{
    private const double Tail = 0.025;

    /// <summary>The ranks, the first of which is 1; an end is null where there are too few samples to know one.</summary>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="probability">Which quantile: 0.5 is the median.</param>
    public static (int? Low, int? High) GetRanks(int samples, double probability)
    {
        // So many samples are below the quantile as a binomial distribution says.
        var low = CountWhile(rank => Binomial.CDF(probability, samples, rank) <= Tail, samples);
        var high = CountWhile(rank => Binomial.CDF(probability, samples, rank) < 1 - Tail, samples) + 1;
        return (low == 0 ? null : low, high > samples ? null : high);
    }

    /// <summary>The interval of the median; null where there are too few samples to know one.</summary>
    /// <param name="sorted">The samples, in rising order.</param>
    public static Interval? GetMedian(IReadOnlyList<double> sorted)
    {
        var (low, high) = GetRanks(sorted.Count, 0.5);
        if (low is null || high is null) return null;
        return new Interval(sorted[sorted.Count / 2], sorted[low.Value - 1], sorted[high.Value - 1]);
    }

    /// <summary>How many of the numbers from 0 have a property that is lost once.</summary>
    private static int CountWhile(Func<int, bool> has, int max)
    {
        var (low, high) = (0, max);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (has(middle)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

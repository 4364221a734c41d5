using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether a case's iterations get steadily shorter or longer: such a case had not settled, and its median depends on how many
/// were run.</summary>
/// <remarks>
/// The Mann–Kendall test summed over processes, which counts in how many pairs of iterations the later one is longer:
/// R. M. Hirsch, J. R. Slack, R. A. Smith, "Techniques of trend analysis for monthly water quality data" (1982), with processes for
/// seasons. It asks for order only. A trend also has to matter: the second half of the iterations must differ from the first by more than
/// 10 %.
/// </remarks>
public static class TrendTest
{
    /// <summary>The chance of calling order by chance a trend. Small, because each of some twenty rows is tested.</summary>
    public const double Significance = 0.002;

    /// <summary>The least change from the first half of the iterations to the second that counts.</summary>
    public const double MinChange = 0.1;

    /// <summary>Up to as many pairs the distribution is computed; with more, the normal one is as good.</summary>
    private const int MaxExactPairs = 200;

    /// <summary>Whether the iterations follow a trend.</summary>
    /// <param name="processes">The makespans of each process, in the order they were measured.</param>
    /// <param name="firstMs">The first run of the only process, which then counts for the order, before all iterations; it does not count
    /// for the change, since it is no part of the median. Null leaves it out: of most cases it is longer, whether they had settled or
    /// not.</param>
    public static bool HasTrend(IReadOnlyList<IReadOnlyList<double>> processes, double? firstMs = null)
    {
        if (Change(processes) < MinChange) return false;
        var series = firstMs is { } first ? processes.Select(process => (IReadOnlyList<double>)[first, .. process]).ToArray() : processes;
        return Chance([.. series.Select(process => process.Count)], series.Sum(Score)) < Significance;
    }

    /// <summary>The least chance that any order of so many runs in each process can have: 1 where no order is a trend.</summary>
    public static double MinChance(IReadOnlyList<int> counts) => Chance(counts, CountPairs(counts));

    /// <summary>The chance of a score at least this far from 0, up or down, where all orders are as likely.</summary>
    private static double Chance(IReadOnlyList<int> counts, int score)
    {
        var pairs = CountPairs(counts);
        if (score == 0) return 1;
        if (pairs <= MaxExactPairs)
        {
            // The score is the number of pairs, less two for each pair that is in reverse order and one for a pair of equal runs.
            var reversed = (pairs - Math.Abs(score) + 1) / 2;
            return Math.Min(1, 2 * ReversedPairs(counts, pairs).Take(reversed + 1).Sum());
        }

        // The continuity correction: the score moves in steps of two.
        var z = (Math.Abs(score) - 1) / Math.Sqrt(counts.Sum(Variance));
        return 2 * (1 - Normal.CDF(0, 1, z));
    }

    /// <summary>How likely each number of pairs in reverse order is, from 0 on: a run put behind n others is shorter than 0 to n of them,
    /// each as likely.</summary>
    private static double[] ReversedPairs(IReadOnlyList<int> counts, int pairs)
    {
        var chances = new double[pairs + 1];
        chances[0] = 1;
        foreach (var count in counts)
        {
            for (var others = 1; others < count; others++)
            {
                var before = chances;
                chances = [.. before.Select((_, sum) => before[Math.Max(0, sum - others)..(sum + 1)].Sum() / (others + 1))];
            }
        }

        return chances;
    }

    private static int CountPairs(IReadOnlyList<int> counts) => counts.Sum(count => count * (count - 1) / 2);

    private static int Score(IReadOnlyList<double> values)
    {
        var score = 0;
        for (var later = 1; later < values.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++) score += Math.Sign(values[later] - values[earlier]);
        }

        return score;
    }

    private static double Variance(int count) => count * (count - 1.0) * ((2 * count) + 5) / 18;

    private static double Change(IReadOnlyList<IReadOnlyList<double>> processes)
    {
        double[] logs = [.. processes.Where(process => process.Count > 1).Select(process =>
            process.Skip((process.Count + 1) / 2).Average(Math.Log) - process.Take(process.Count / 2).Average(Math.Log))];
        return logs.Length == 0 ? 0 : Math.Abs(Math.Exp(logs.Average()) - 1);
    }
}

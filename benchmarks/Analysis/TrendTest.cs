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

    /// <summary>Whether the iterations follow a trend.</summary>
    /// <param name="processes">The makespans of each process, in the order they were measured.</param>
    public static bool HasTrend(IReadOnlyList<IReadOnlyList<double>> processes)
    {
        var score = processes.Sum(Score);
        var variance = processes.Sum(process => Variance(process.Count));
        if (variance == 0 || Change(processes) < MinChange) return false;

        // The continuity correction: the score moves in steps of two.
        var z = (Math.Abs(score) - 1) / Math.Sqrt(variance);
        return 2 * (1 - Normal.CDF(0, 1, z)) < Significance;
    }

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

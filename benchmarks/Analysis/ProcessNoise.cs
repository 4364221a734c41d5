namespace Downloader.Benchmarks.Analysis;

/// <summary>How much two processes of one case differ, estimated from the run itself.</summary>
/// <remarks>The model is a randomised block design on logarithms: log figure = case + round + noise. A round that was slow as a whole says
/// nothing about a case, so its effect is taken out. The variances of the cases are moderated: see
/// <see cref="VarianceModeration"/>.</remarks>
public sealed class ProcessNoise
{
    private readonly VarianceModeration _moderation;

    private ProcessNoise(VarianceModeration moderation) => _moderation = moderation;

    /// <summary>Degrees of freedom of every case's variance.</summary>
    public double DegreesOfFreedom => _moderation.DegreesOfFreedomOf(0);

    /// <summary>The typical relative standard deviation between two processes of a case: 0.03 is 3 %.</summary>
    public double TypicalDeviation => Math.Sqrt(_moderation.PriorVariance);

    /// <summary>The variance of one process of a case, on logarithms.</summary>
    /// <param name="caseIndex">The case's place in the list that the noise was estimated from.</param>
    public double VarianceOf(int caseIndex) => _moderation.VarianceOf(caseIndex);

    /// <summary>Estimates the noise from cases that ran in every round.</summary>
    /// <param name="logs">For each case the logarithm of its figure in each round; all of the same length.</param>
    /// <returns>Null with fewer than two rounds or two cases: nothing can be said of noise then.</returns>
    public static ProcessNoise? FromRounds(IReadOnlyList<IReadOnlyList<double>> logs)
    {
        var cases = logs.Count;
        var rounds = cases == 0 ? 0 : logs[0].Count;
        if (cases < 2 || rounds < 2) return null;

        var roundMeans = Enumerable.Range(0, rounds).Select(round => logs.Average(one => one[round])).ToArray();
        var grandMean = roundMeans.Average();
        var sums = logs.Select(one => SumOfSquares(one, roundMeans, grandMean)).ToArray();
        // The rounds' effects are estimated from the cases, which costs each case its share of a degree of freedom.
        var degreesOfFreedom = (rounds - 1) * (cases - 1.0) / cases;
        return new ProcessNoise(new VarianceModeration(
            [.. sums.Select(sum => (Math.Max(sum / degreesOfFreedom, double.Epsilon), degreesOfFreedom))]));
    }

    private static double SumOfSquares(IReadOnlyList<double> logs, double[] roundMeans, double grandMean)
    {
        var mean = logs.Average();
        return logs.Select((log, round) => log - mean - roundMeans[round] + grandMean).Sum(residual => residual * residual);
    }
}

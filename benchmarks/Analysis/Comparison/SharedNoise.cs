namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>How much of their noise the cases of two runs have in common: a machine that is busy during a round slows all cases of
/// it.</summary>
internal static class SharedNoise
{
    /// <summary>The mean squared correlation between two cases, from 0 to 1, without what independent cases show by chance: of ν degrees of
    /// freedom that is 1 ÷ ν. Cases with different numbers of rounds are not paired with each other. Two rounds cannot tell: all
    /// noise counts as shared then.</summary>
    public static double SquaredCorrelation(IReadOnlyList<FigurePair> cases)
    {
        double[][] residuals = [.. cases.Select(one => one.Residuals.ToArray())];
        double[] squares = [.. residuals.Select(one => Product(one, one))];
        List<double> excesses = [];
        for (var first = 1; first < cases.Count; first++)
        {
            for (var second = 0; second < first; second++)
            {
                if (residuals[first].Length != residuals[second].Length) continue;
                var product = Product(residuals[first], residuals[second]);
                var scale = squares[first] * squares[second];
                var squaredCorrelation = scale > 0 ? product * product / scale : 0;
                excesses.Add(Excess(squaredCorrelation, 1 / cases[first].DegreesOfFreedom));
            }
        }

        return Math.Clamp(excesses.DefaultIfEmpty(0).Average(), 0, 1);
    }

    private static double Excess(double squared, double byChance) => byChance < 1 ? (squared - byChance) / (1 - byChance) : 1;

    private static double Product(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var place = 0; place < first.Length; place++) sum += first[place] * second[place];
        return sum;
    }
}

using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether two rows differ, or only their noise does: the one-sided Mann–Whitney U test, exact for so few iterations.</summary>
/// <remarks>It compares order only, so it needs no normal distribution and one outlier does not decide it:
/// H. B. Mann and D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other"
/// (1947).</remarks>
public static class SignificanceTest
{
    /// <summary>The probability of calling noise a difference.</summary>
    public const double Significance = 0.05;

    /// <summary>What two runs of one case differ by, beyond the noise within each: a case is one process, and two processes of the same
    /// program differ. In five default runs on 2 cores the medians of an asynchronous case lay up to 7.8 % apart.</summary>
    public const double Margin = 0.08;

    /// <summary>With fewer iterations on either side even wholly separate samples are not significant: 3 against 3 reach p = 0.05, no
    /// less.</summary>
    public const int MinIterations = 4;

    /// <summary>Whether there is enough to test.</summary>
    public static bool HasEnoughSamples(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        a.Count >= MinIterations && b.Count >= MinIterations;

    /// <summary>Whether <paramref name="fast"/> is less than <paramref name="slow"/> by more than the margin, beyond noise.
    /// False when there are too few iterations to tell.</summary>
    /// <param name="fast">Makespans.</param>
    /// <param name="slow">Makespans.</param>
    /// <param name="margin">As a share: 0.08 asks for more than 8 %.</param>
    public static bool IsFaster(IReadOnlyList<double> fast, IReadOnlyList<double> slow, double margin = Margin)
    {
        if (!HasEnoughSamples(fast, slow)) return false;
        var handicapped = new Sample([.. fast.Select(value => value * (1 + margin))]);
        var result = MannWhitneyTest.Instance.Perform(handicapped, new Sample([.. slow]), AlternativeHypothesis.Less, Threshold.Zero);
        return result.PValue < Significance;
    }
}

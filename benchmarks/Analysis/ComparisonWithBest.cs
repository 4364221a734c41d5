namespace Downloader.Benchmarks.Analysis;

/// <summary>How much slower a case is than the best of its suite, and whether the rounds that were run can tell.</summary>
/// <param name="Slowdown">The case's makespan over the best one's, minus 1: 0.021 is 2.1 % slower.</param>
/// <param name="Error">Half the 95 % interval of <paramref name="Slowdown"/>; 0 for the best itself.</param>
/// <param name="Standing">What follows from the interval.</param>
/// <param name="RoundsNeeded">About how many rounds would decide, if <paramref name="Standing"/> is undecided and that many can be
/// run.</param>
public sealed record ComparisonWithBest(double Slowdown, double Error, Standing Standing, int? RoundsNeeded)
{
    /// <summary>A case that is at most this much slower than the best ties with it: 5 %. The test is one of equivalence: what is not shown
    /// to be within the margin does not tie.</summary>
    public const double TieMargin = 0.05;

    /// <summary>Rounds past this number are not proposed: the difference is then too close to the margin for this machine.</summary>
    public const int MaxProposedRounds = 100;

    /// <summary>The best itself.</summary>
    public static ComparisonWithBest Best { get; } = new(0, 0, Standing.BestOrTie, null);

    /// <summary>Compares a case with the best one.</summary>
    /// <param name="ratio">The ratio of the case's makespan to the best one's.</param>
    /// <param name="pairs">How many pairs of rows the suite compares, 1 or more. The best of many equal rows was also the luckiest: a row
    /// is only called slower where its interval shows it for all pairs at once. A tie needs no such correction, since luck of the best
    /// makes ties rarer.</param>
    public static ComparisonWithBest Create(PairedRatio ratio, int pairs = 1)
    {
        var slowdown = ratio.Value - 1;
        var standing = FindStanding(ratio, pairs);
        var roundsNeeded = standing == Standing.Undecided ? FindRoundsNeeded(ratio, pairs) : null;
        return new ComparisonWithBest(slowdown, ratio.Error, standing, roundsNeeded);
    }

    private static Standing FindStanding(PairedRatio ratio, int pairs)
    {
        if (ratio.High <= 1 + TieMargin) return Standing.BestOrTie;
        var low = ratio.Log - ratio.HalfWidthWith(ratio.Rounds, pairs);
        return low > Math.Log(1 + TieMargin) ? Standing.Slower : Standing.Undecided;
    }

    private static int? FindRoundsNeeded(PairedRatio ratio, int pairs)
    {
        var distance = ratio.Log - Math.Log(1 + TieMargin);
        var comparisons = distance > 0 ? pairs : 1;
        if (!IsEnough(MaxProposedRounds)) return null;
        // The width falls with each round: halving the range finds the first that is enough, with few quantiles of Student's t.
        var (tooFew, enough) = (ratio.Rounds, MaxProposedRounds);
        while (enough - tooFew > 1)
        {
            var middle = (tooFew + enough) / 2;
            if (IsEnough(middle)) enough = middle;
            else tooFew = middle;
        }

        return enough;

        bool IsEnough(int rounds) => ratio.HalfWidthWith(rounds, comparisons) < Math.Abs(distance);
    }
}

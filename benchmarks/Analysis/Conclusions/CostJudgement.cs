namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Judges costs by their intervals, with the margin of ties on both sides.</summary>
internal static class CostJudgement
{
    private const double Most = 1 + ComparisonWithBest.TieMargin;

    /// <summary>The verdict on a ratio.</summary>
    /// <param name="ratio">A row's cost over the reference's.</param>
    /// <param name="pairs">How many ratios are judged together, 1 or more. What is called more or less must hold for all of them at once;
    /// what is called the same needs no such correction, since luck makes it rarer.</param>
    public static CostVerdict Judge(PairedRatio ratio, int pairs)
    {
        if (ratio.Low >= 1 / Most && ratio.High <= Most) return CostVerdict.Same;
        var halfWidth = ratio.HalfWidthWith(ratio.Rounds, pairs);
        if (ratio.Log - halfWidth > Math.Log(Most)) return CostVerdict.More;
        return ratio.Log + halfWidth < -Math.Log(Most) ? CostVerdict.Less : CostVerdict.Undecided;
    }
}

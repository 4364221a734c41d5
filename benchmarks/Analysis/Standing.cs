namespace Downloader.Benchmarks.Analysis;

/// <summary>Where a case stands beside the best one of its suite.</summary>
public enum Standing
{
    /// <summary>The interval shows that it is at most <see cref="ComparisonWithBest.TieMargin"/> slower than the best.</summary>
    BestOrTie,

    /// <summary>The interval shows that it is more than that slower.</summary>
    Slower,

    /// <summary>The interval allows both: more rounds would tell.</summary>
    Undecided,
}

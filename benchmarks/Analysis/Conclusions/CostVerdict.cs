namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>How what a row costs stands beside what a reference costs.</summary>
internal enum CostVerdict
{
    /// <summary>The interval shows that it is less than the reference's by more than the margin.</summary>
    Less,

    /// <summary>The whole interval lies within the margin, on both sides.</summary>
    Same,

    /// <summary>The interval shows that it is more than the reference's by more than the margin.</summary>
    More,

    /// <summary>The interval allows several of these.</summary>
    Undecided,
}

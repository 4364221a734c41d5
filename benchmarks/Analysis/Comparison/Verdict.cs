namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>What the comparison of a figure says.</summary>
public enum Verdict
{
    /// <summary>No difference is shown; with a gate: no alarm, and the gate's increase would probably have been found.</summary>
    NoDifference,

    /// <summary>Lower beyond doubt.</summary>
    Lower,

    /// <summary>Higher beyond doubt; with a gate: an alarm.</summary>
    Higher,

    /// <summary>No alarm, but the noise is such that the gate's increase would probably not have been found.</summary>
    TooNoisy,
}

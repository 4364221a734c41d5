namespace Downloader.Benchmarks.Reports;

/// <summary>How crank makes one figure of those of several endpoints. A median has none: it must come from one endpoint.</summary>
public enum JobOperation
{
    /// <summary>Counts.</summary>
    Sum,

    /// <summary>Peaks, and makespans of what began together.</summary>
    Max,
}

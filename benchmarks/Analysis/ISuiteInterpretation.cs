using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;

namespace Downloader.Benchmarks.Analysis;

/// <summary>What a suite makes of its rows. Every suite is one, so that its conclusion and its charts are part of its file.</summary>
public interface ISuiteInterpretation
{
    /// <summary>Whether the results table has a column for the ideal schedule itself, beside the efficiency.</summary>
    bool ShowsIdealMs { get; }

    /// <summary>Answers the suite's question. Called with 2 completed rows or more.</summary>
    Conclusion Conclude(SuiteAnalysis suite);

    /// <summary>What the suite has to say where a limit on requests per second decided; none by default.</summary>
    IEnumerable<string> DescribeRateLimited(SuiteAnalysis suite) => [];

    /// <summary>The charts of the suite; those without data are left out by the caller.</summary>
    IReadOnlyList<Chart> Charts(SuiteAnalysis suite);
}

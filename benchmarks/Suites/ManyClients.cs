using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Several clients against one server: what <c>load</c> and <c>audit</c> measure, outside of BenchmarkDotNet. Its first row is
/// that of all clients together.</summary>
public sealed class ManyClients : ISuiteInterpretation
{
    /// <summary>Its name in the reports.</summary>
    public const string Name = "ManyClients";

    /// <summary>The question it answers.</summary>
    public const string Question = "What does the server see of several clients that download one list together?";

    /// <inheritdoc/>
    public bool ShowsIdealMs => true;

    /// <summary>What all clients did together. One run on the server's clock: invariants, and no comparison.</summary>
    public Conclusion Conclude(SuiteAnalysis suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var whole = suite.Rows[0];
        if (!whole.IsValid) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        var capacity = whole.Scenario.Capacity;
        // The workers of all clients, as the ideal schedule has them; each client without a limit has all of its share in flight.
        var workers = whole.Result.Workers ?? whole.MaxInFlight;
        var ideal = capacity < workers
            ? $"the server's capacity of {ReportFormat.Number(capacity.Value)}"
            : ReportFormat.Pluralize(workers, "worker");
        List<string> sentences =
        [
            $"{ReportFormat.Pluralize(suite.Rows.Count - 1, "client")} downloaded {ReportFormat.Number(whole.Result.Downloads)} pages "
            + $"in {SentenceFragments.Median(whole)} of the server's clock; the ideal schedule of {ideal} takes "
            + $"{ReportFormat.Time(whole.Figures.IdealMs ?? 0)}.",
        ];
        if (whole.Figures.PeakInFlight is { } peak)
            sentences.Add($"At most {ReportFormat.Pluralize(peak, "request")} were in flight at once.");
        if (whole.Figures.CountOf(RequestOutcome.Refused) is > 0 and { } refused)
            sentences.Add($"The server refused {ReportFormat.Pluralize(refused, "request")} for its capacity.");
        return new Conclusion(sentences);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Chart> Charts(SuiteAnalysis suite) => [BarChart.CreateMakespans(suite)];
}

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>This project's figures as BenchmarkDotNet's metrics, so that its table, CSV and JSON have them alike.</summary>
internal static class CaseMetrics
{
    private static readonly (MetricColumn Column, Func<CaseAnalysis, double?> Value)[] All =
    [
        (new(0, "Speedup", "Median of the baseline ÷ median of this row", "0.00"), row => row.Speedup?.Value),
        (new(1, "Downloads/s", "Downloads that succeeded per second, at the median", "0"), row => row.DownloadsPerSecond),
        (new(2, "Efficiency [%]", "Ideal schedule (no overhead, the service times seen) ÷ measured, median of the iterations", "0.0"),
            row => row.Efficiency),
        (new(3, "In-Flight", "Mean requests in flight: total service time ÷ makespan", "0.0"), row => row.Figures.MeanInFlight),
        (new(4, "Peak", "Most requests in flight, as the server saw", "0"), row => row.Figures.PeakInFlight),
        (new(5, "Connections", "Connections the server saw per iteration", "0"), row => row.Figures.Connections),
        (new(6, "Alloc/Download [B]", "Bytes the client allocated per download", "0", IsGood: false),
            row => row.Figures.AllocatedBytesPerDownload),
        (new(7, "CPU/Download [ms]", "Processor time of the client per download", "0.000", IsGood: false),
            row => row.Figures.CpuMsPerDownload),
        (new(8, "Failed", "Downloads per iteration that failed", "0.0", IsGood: false, OnlyIfAny: true),
            row => row.Figures.ReportedFailures),
        (new(9, "Audit findings", "Audit findings: see the log and report.html", "0", IsGood: false, OnlyIfAny: true),
            row => row.Result.AuditFindings.Count),
    ];

    /// <summary>The metrics of a case.</summary>
    /// <param name="result">The case.</param>
    /// <param name="baseline">What it is compared with; null for nothing.</param>
    public static IEnumerable<Metric> For(CaseResult result, CaseResult? baseline)
    {
        IReadOnlyList<CaseResult> cases = baseline is null || ReferenceEquals(baseline, result) ? [result] : [baseline, result];
        var row = SuiteAnalysis.AnalyseRows(new SuiteResult("", "", new Scenario(), cases))[^1];
        return from metric in All
               let value = metric.Value(row)
               where value is not null
               select new Metric(metric.Column, value.Value);
    }

    private sealed record MetricColumn(
        int PriorityInCategory, string DisplayName, string Legend, string NumberFormat, bool IsGood = true, bool OnlyIfAny = false)
        : IMetricDescriptor
    {
        public string Id => DisplayName;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => "";

        public bool TheGreaterTheBetter => IsGood;

        public bool GetIsAvailable(Metric metric) => !OnlyIfAny || metric.Value > 0;
    }
}

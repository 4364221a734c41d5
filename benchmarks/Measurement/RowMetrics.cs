using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>The columns of this project, as BenchmarkDotNet's metrics: so they stand in the table, the CSV and the JSON alike.</summary>
internal static class RowMetrics
{
    private static readonly Column Speedup = new(0, "Speedup", "Median of the baseline ÷ median of this row", "0.00");
    private static readonly Column Throughput = new(1, "Downloads/s", "Downloads that succeeded per second, at the median", "0");
    private static readonly Column Efficiency = new(2, "Efficiency [%]", "Ideal schedule (no overhead, the service times the server saw) ÷ measured, median of the iterations", "0.0");
    private static readonly Column MeanInFlight = new(3, "In-Flight", "Mean requests in flight: total service time ÷ makespan", "0.0");
    private static readonly Column PeakInFlight = new(4, "Peak", "Most requests in flight, as the server saw", "0");
    private static readonly Column Connections = new(5, "Connections", "Connections the server saw per iteration", "0");
    private static readonly Column Allocated = new(6, "Alloc/Download [B]", "Bytes the client allocated per download", "0", IsGood: false);
    private static readonly Column Cpu = new(7, "CPU/Download [ms]", "Processor time of the client per download", "0.000", IsGood: false);
    private static readonly Column Failed = new(8, "Failed", "Downloads per iteration that failed", "0.0", IsGood: false, OnlyIfAny: true);
    private static readonly Column Findings = new(9, "Audit findings", "What the server saw and should not have: see the log and report.html", "0", IsGood: false, OnlyIfAny: true);

    /// <summary>The metrics of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="baseline">What it is compared with; null for nothing.</param>
    public static IEnumerable<Metric> Of(CaseResult row, CaseResult? baseline)
    {
        // The reports' own arithmetic: a figure has one formula.
        IReadOnlyList<CaseResult> rows = baseline is null || ReferenceEquals(baseline, row) ? [row] : [baseline, row];
        var analysis = SuiteAnalysis.Of(new SuiteResult("", "", SuiteTopic.Strategies, new Scenario(), rows)).Rows[^1];
        return from metric in new (Column Column, double? Value)[]
            {
                (Speedup, analysis.Speedup?.Value),
                (Throughput, analysis.DownloadsPerSecond),
                (Efficiency, analysis.Efficiency),
                (MeanInFlight, row.InFlight),
                (PeakInFlight, row.Peak),
                (Connections, row.Connections),
                (Allocated, row.AllocatedPerDownload),
                (Cpu, row.CpuPerDownload),
                (Failed, row.Failed),
                (Findings, row.AuditFindings.Count),
            }
               where metric.Value is not null
               select new Metric(metric.Column, metric.Value!.Value);
    }

    private sealed record Column(int PriorityInCategory, string DisplayName, string Legend, string NumberFormat, bool IsGood = true, bool OnlyIfAny = false) : IMetricDescriptor
    {
        public string Id => DisplayName;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => "";

        public bool TheGreaterTheBetter => IsGood;

        public bool GetIsAvailable(Metric metric) => !OnlyIfAny || metric.Value > 0;
    }
}

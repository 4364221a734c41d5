using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Reports;

namespace Downloader.Benchmarks.Harness;

/// <summary>The columns of this project, as BenchmarkDotNet's metrics: so they stand in the table, the CSV and the JSON alike.</summary>
internal static class RowMetrics
{
    private static readonly Column Speedup = new(0, "Speedup", "Median of the baseline ÷ median of this row", "0.00");
    private static readonly Column Throughput = new(1, "Downloads/s", "Downloads that succeeded per second, at the median", "0");
    private static readonly Column Efficiency = new(2, "Efficiency [%]", "Ideal schedule (no overhead, the service times the server saw) ÷ measured, median of the iterations", "0.0");
    private static readonly Column MeanInFlight = new(3, "In-Flight", "Mean requests in flight: total service time ÷ makespan", "0.0");
    private static readonly Column PeakInFlight = new(4, "Peak", "Most requests in flight, as the server saw", "0");
    private static readonly Column Connections = new(5, "Connections", "Connections the server saw per iteration", "0");
    private static readonly Column Allocated = new(6, "Alloc/Download [B]", "Bytes the client allocated per download", "0");
    private static readonly Column Cpu = new(7, "CPU/Download [ms]", "Processor time of the client per download", "0.000");
    private static readonly Column Failed = new(8, "Failed", "Downloads per iteration that failed", "0.0", OnlyIfAny: true);
    private static readonly Column Findings = new(9, "Audit findings", "What the server saw and should not have: see the log and report.html", "0", OnlyIfAny: true);

    public static IEnumerable<Metric> Of(RowReport row, double? baseline)
    {
        var makespan = Median.Of(row.Makespans);
        if (baseline is { } time) yield return new(Speedup, time / makespan);
        yield return new(Throughput, (row.Downloads - row.Failed) * 1000 / makespan);
        if (!row.Audited) yield break;
        yield return new(Efficiency, 100 * Median.Of(row.Ideals.Zip(row.Makespans, (ideal, measured) => ideal / measured)));
        yield return new(MeanInFlight, row.InFlight!.Value);
        yield return new(PeakInFlight, row.Peak!.Value);
        yield return new(Connections, row.Connections!.Value);
        if (row.AllocatedPerDownload is { } allocated) yield return new(Allocated, allocated);
        if (row.CpuPerDownload is { } cpu) yield return new(Cpu, cpu);
        yield return new(Failed, row.Failed);
        yield return new(Findings, row.AuditFindings.Count);
    }

    private sealed record Column(int PriorityInCategory, string DisplayName, string Legend, string NumberFormat, bool OnlyIfAny = false) : IMetricDescriptor
    {
        public string Id => DisplayName;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => "";

        public bool TheGreaterTheBetter => true;

        public bool GetIsAvailable(Metric metric) => !OnlyIfAny || metric.Value > 0;
    }
}

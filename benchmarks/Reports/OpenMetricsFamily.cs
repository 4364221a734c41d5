using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>A figure that every case may have, as OpenMetrics describes it: a gauge.</summary>
/// <param name="Name">Its name; the unit is its ending.</param>
/// <param name="Unit">Its unit, a base unit; null for a count.</param>
/// <param name="Help">What it is, a sentence.</param>
/// <param name="Value">The value of a row; null where the row has none.</param>
internal sealed record OpenMetricsFamily(string Name, string? Unit, string Help, Func<CaseAnalysis, double?> Value)
{
    /// <summary>All figures: those of the table of results, times in seconds and shares from 0 to 1.</summary>
    public static IReadOnlyList<OpenMetricsFamily> All { get; } =
    [
        Seconds("makespan", "From the start of the first download to the end of the last: the median of each process, and of these the "
            + "geometric mean.", row => row.MedianMs),
        Seconds("first_run", "The first run in a fresh process: the median of the processes.", row => row.Figures.FirstMs),
        Seconds("ideal_schedule", "What as many workers would take without any overhead, given the service times that the server logged.",
            row => row.Figures.IdealMs),
        Seconds("service_time", "From a request's arrival at the server to the beginning of its answer: the median.",
            row => row.Figures.ServiceTimeMs),
        Seconds("cpu_per_download", "Processor time of the client's process per download.", row => row.Figures.CpuMsPerDownload),
        Ratio("speedup", "The baseline's makespan over this one's.", row => row.Speedup?.Value),
        Ratio("speedup_error", "Half the 95 % interval of the speedup.", row => row.Speedup?.Error),
        Ratio("efficiency", "The ideal schedule over the makespan.", row => row.Efficiency / 100),
        Count("requests_in_flight", "Requests at the server on average.", row => row.Figures.MeanInFlight),
        Count("requests_in_flight_peak", "The most requests at the server at once.", row => row.Figures.PeakInFlight),
        Count("connections", "Connections that the requests of one iteration came on.", row => row.Figures.Connections),
        Count("requests", "Requests per iteration in the server's log, retries included.", row => row.Figures.Attempts),
        Count("failed_downloads", "Downloads per iteration that failed.", row => row.Failed),
        Bytes("allocated_per_download", "Memory that the client allocated per download.", row => row.Figures.AllocatedBytesPerDownload),
        Bytes("peak_memory", "Largest resident memory of the client's process.", row => row.Figures.PeakMemoryBytes),
        Count("audit_passed", "1 when the server saw what the case must have done, 0 when not; absent without an audit.",
            row => row.Result.IsAudited ? Convert.ToDouble(row.Result.AuditFindings.Count == 0) : null),
    ];

    private static OpenMetricsFamily Seconds(string name, string help, Func<CaseAnalysis, double?> milliseconds) =>
        new($"downloader_{name}_seconds", "seconds", help, row => milliseconds(row) / 1000);

    private static OpenMetricsFamily Ratio(string name, string help, Func<CaseAnalysis, double?> value) =>
        new($"downloader_{name}_ratio", "ratio", help, value);

    private static OpenMetricsFamily Bytes(string name, string help, Func<CaseAnalysis, double?> value) =>
        new($"downloader_{name}_bytes", "bytes", help, value);

    private static OpenMetricsFamily Count(string name, string help, Func<CaseAnalysis, double?> value) =>
        new($"downloader_{name}", null, help, value);
}

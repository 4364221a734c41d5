using System.Text.Encodings.Web;
using System.Text.Json;

namespace Downloader.Benchmarks.Reports;

/// <summary>The statistics of a job as crank reads them from its standard output.</summary>
public static class JobStatisticsView
{
    /// <summary>The line before the statistics.</summary>
    public const string Start = "#StartJobStatistics";

    /// <summary>The line after them.</summary>
    public const string End = "#EndJobStatistics";

    private const string Source = "Downloader";
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The block, three lines. While it is written nothing may be written to standard error: crank's agent puts the lines of both
    /// into one list, and drops a block with a foreign line in silence.</summary>
    /// <param name="measurements">The figures.</param>
    /// <param name="timestamp">When they were measured.</param>
    public static string Render(IReadOnlyList<JobMeasurement> measurements, DateTimeOffset timestamp)
    {
        // Measurements without metadata are dropped, and metadata without a short description break the controller.
        var statistics = new
        {
            Metadata = measurements.Select(one => new
            {
                Source,
                Name = GetName(one),
                Aggregate = one.Operation.ToString(),
                Reduce = one.Operation.ToString(),
                Format = one.Value == Math.Round(one.Value) ? "n0" : "n2",
                LongDescription = one.Description,
                ShortDescription = one.Description,
            }),
            Measurements = measurements.Select(one => new { Name = GetName(one), Timestamp = timestamp.UtcDateTime, one.Value }),
        };
        return $"{Start}\n{JsonSerializer.Serialize(statistics, Options)}\n{End}\n";
    }

    private static string GetName(JobMeasurement measurement) => $"downloader/{measurement.Name}";
}

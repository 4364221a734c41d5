using System.Globalization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>When and on what a run was measured.</summary>
internal static class RunFacts
{
    /// <summary>Machine, start and duration by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(RunResult run) =>
    [
        .. run.Machine,
        .. Conditions(run),
        new("Started", run.Started.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture)),
        new("Duration", ReportFormat.Time(run.Duration.TotalMilliseconds)),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Conditions(RunResult run)
    {
        if (run.Calibration is not { } calibration) return [];
        var seen = ReportFormat.Pluralize(calibration.Requests, "request");
        return [new("Conditions", $"those of {ReportFormat.YourServer(calibration)}, of which {seen} were seen")];
    }

    /// <summary>The same in one line, without names: for below a table.</summary>
    public static string Line(RunResult run) =>
        $"{string.Join(", ", run.Machine.Select(fact => IsPackage(fact.Key) ? $"{fact.Key} {fact.Value}" : fact.Value))}; "
        + run.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Processor, cores, operating system and day.</summary>
    public static string ShortLine(RunResult run) =>
        $"{string.Join(", ", run.Machine.Values.Take(3))}; {run.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private static bool IsPackage(string name) => name is "BenchmarkDotNet" or "Microsoft.Extensions.Http";
}

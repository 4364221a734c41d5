using System.Globalization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>When and on what a run was measured, and how to repeat it.</summary>
internal static class RunFacts
{
    private const string SeedOption = "--shuffle-seed";

    /// <summary>Machine, order of the cases, start and duration by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(RunResult run) =>
    [
        .. run.Machine,
        .. Conditions(run),
        .. Order(run),
        new("Started", run.Started.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture)),
        new("Duration", ReportFormat.Time(run.Duration.TotalMilliseconds)),
    ];

    /// <summary>The command line that repeats the run, with its cases in the same order.</summary>
    public static string GetCommand(RunResult run)
    {
        if (run.Rounds == 1 || run.Command.Contains(SeedOption, StringComparison.Ordinal)) return run.Command;
        var option = string.Create(CultureInfo.InvariantCulture, $"{SeedOption} {run.ShuffleSeed}");
        var arguments = run.Command.IndexOf(" -- ", StringComparison.Ordinal);
        if (arguments < 0) return $"{run.Command} -- {option}";
        // A command, as calibrate --run, takes no seed.
        return run.Command[(arguments + 4)..].StartsWith('-') ? $"{run.Command} {option}" : run.Command;
    }

    private static IEnumerable<KeyValuePair<string, string>> Order(RunResult run)
    {
        if (run.Rounds == 1) return [];
        var seed = run.ShuffleSeed.ToString(CultureInfo.InvariantCulture);
        return [new("Order of the cases", $"shuffled in each round ({SeedOption} {seed})")];
    }

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

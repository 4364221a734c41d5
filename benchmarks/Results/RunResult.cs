using System.Text.Json.Serialization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>Everything a run measured, as data. Reports are views of it; <see cref="RunResultFile"/> writes it and reads it back.</summary>
/// <param name="Started">When the run began.</param>
/// <param name="Duration">How long it took, builds included.</param>
/// <param name="Command">The command line that repeats it.</param>
/// <param name="Machine">Machine and versions by name, in the order to show ("CPU", "Cores", "OS", ".NET", "BenchmarkDotNet" …).</param>
/// <param name="Suites">The suites, in the order they ran.</param>
/// <param name="Files">BenchmarkDotNet's own reports: paths relative to this one.</param>
public sealed record RunResult(
    DateTimeOffset Started,
    TimeSpan Duration,
    string Command,
    IReadOnlyDictionary<string, string> Machine,
    IReadOnlyList<SuiteResult> Suites,
    IReadOnlyList<string> Files)
{
    /// <summary>The schema this version of the code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The schema these data follow.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>How often the list of cases was run, one process per case and round; a slow case may have fewer processes. Where suites
    /// differ, that of the suite that has most: see <see cref="SuiteResult.Rounds"/>.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>The seed that shuffled the order of the cases in each round.</summary>
    public int ShuffleSeed { get; init; }

    /// <summary>Whether the run was interrupted before all cases had ended.</summary>
    public bool Interrupted { get; init; }

    /// <summary>How many cases were to be measured.</summary>
    public int PlannedCases { get; init; }

    /// <summary>The real server whose conditions the mock server had, from the scenario file; null where there was none.</summary>
    public CalibrationSummary? Calibration { get; init; }

    /// <summary>How many cases these data hold.</summary>
    [JsonIgnore]
    public int MeasuredCases => Suites.Sum(suite => suite.Cases.Count);
}

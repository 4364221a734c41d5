namespace Downloader.Benchmarks.Results;

/// <summary>Everything a report of a run says, as data: the HTML, the markdown and the console are three views of it.</summary>
/// <param name="Started">When the run began.</param>
/// <param name="Took">How long it took, builds included.</param>
/// <param name="Command">The command line that repeats it.</param>
/// <param name="Machine">Machine and versions, by name, in the order to show ("CPU", "Cores", "OS", ".NET", "BenchmarkDotNet", "WireMock.Net" …).</param>
/// <param name="Suites">The suites, in the order they ran.</param>
/// <param name="Files">BenchmarkDotNet's own reports: paths relative to this one.</param>
public sealed record RunResult(
    DateTimeOffset Started,
    TimeSpan Took,
    string Command,
    IReadOnlyList<KeyValuePair<string, string>> Machine,
    IReadOnlyList<SuiteResult> Suites,
    IReadOnlyList<string> Files)
{
    /// <summary>Whether the run was interrupted before all cases had ended.</summary>
    public bool Interrupted { get; init; }

    /// <summary>How many cases it was to measure.</summary>
    public int PlannedCases { get; init; }

    /// <summary>How many cases it tells of.</summary>
    public int Cases => Suites.Sum(suite => suite.Rows.Count);
}

using Downloader.Benchmarks.Results;
namespace Downloader.Benchmarks.Analysis;

/// <summary>A run and what follows from it: what every view shows.</summary>
/// <param name="Run">What was measured.</param>
/// <param name="Suites">The suites, in the order they ran.</param>
/// <param name="Warnings">What a reader must know before any number: failed audits, cases that did not run, a machine too noisy. Most
/// serious first; empty when all was well.</param>
public sealed record RunAnalysis(RunResult Run, IReadOnlyList<SuiteAnalysis> Suites, IReadOnlyList<string> Warnings)
{
    /// <summary>Analyses a run.</summary>
    public static RunAnalysis Of(RunResult run)
    {
        var suites = run.Suites.Select(SuiteAnalysis.Of).ToArray();
        return new RunAnalysis(run, suites, [.. RunReliability.Warnings(run, suites)]);
    }
}

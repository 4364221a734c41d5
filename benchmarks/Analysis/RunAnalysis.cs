using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A run and what follows from it: what every view shows.</summary>
/// <param name="Run">What was measured.</param>
/// <param name="Suites">The suites, in the order they ran.</param>
/// <param name="Warnings">What a reader must know before any number: failed audits, cases that did not run, a machine too noisy. Most
/// serious first; empty when there is nothing to warn of.</param>
public sealed record RunAnalysis(RunResult Run, IReadOnlyList<SuiteAnalysis> Suites, IReadOnlyList<string> Warnings)
{
    /// <summary>Analyses a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="findInterpretation">The suite of a name; null for a name that no suite has.</param>
    /// <exception cref="InvalidRunException">The run names a suite or a strategy that this program does not have.</exception>
    public static RunAnalysis Create(RunResult run, Func<string, ISuiteInterpretation?> findInterpretation)
    {
        var suites = run.Suites.Select(suite => SuiteAnalysis.Create(suite, Find(suite.Name), run.Calibration)).ToArray();
        return new RunAnalysis(run, suites, [.. RunReliability.Warnings(run, suites)]);

        ISuiteInterpretation Find(string name) =>
            findInterpretation(name) ?? throw new InvalidRunException($"The run has a suite {name}, which this program does not have.");
    }
}

using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

/// <summary>Made-up runs to compare: ten rounds, processes that differ by 1 %.</summary>
internal static class ComparedRuns
{
    public const int Rounds = 10;

    /// <summary>A run of the main suite.</summary>
    public static ComparedRun Create(string name, params IReadOnlyList<CaseResult> cases) =>
        new(name, SampleRuns.CreateRun(new SuiteResult("Strategies", "Which?", new Scenario(), cases)) with { Rounds = Rounds });

    /// <summary>A case.</summary>
    /// <param name="strategy">Its strategy.</param>
    /// <param name="workers">Its workers.</param>
    /// <param name="makespanMs">Its makespan.</param>
    /// <param name="seed">Where its noise starts; that of two runs must differ.</param>
    /// <param name="deviation">The relative standard deviation between processes.</param>
    /// <param name="bytes">Bytes allocated per download.</param>
    /// <param name="rounds">Its processes.</param>
    public static CaseResult Case(
        string strategy, int workers, double makespanMs, int seed, double deviation = 0.01, double bytes = 3000, int rounds = Rounds)
    {
        var random = new Random(HashOf($"{seed} {strategy} {workers}"));
        return SampleRuns.Case(strategy, workers, makespanMs) with
        {
            Processes = [.. Enumerable.Range(1, rounds).Select(CreateProcess)],
        };

        // Not string.GetHashCode, which differs from process to process.
        static int HashOf(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

        ProcessResult CreateProcess(int round)
        {
            var makespan = makespanMs * Math.Exp(Normal.Sample(random, 0, deviation));
            var allocated = (long)(160 * bytes * Math.Exp(Normal.Sample(random, 0, 0.001)));
            return new ProcessResult(round, [.. ((double[])[1.001, 0.999, 1]).Select(factor =>
                new IterationResult { MakespanMs = makespan * factor, AllocatedBytes = allocated, Failed = 0 })]);
        }
    }

    /// <summary>Base and candidate of three cases, of which the first is slower by so much in the candidate.</summary>
    public static (ComparedRun Base, ComparedRun Candidate) Pair(double slowdown = 0, double deviation = 0.01, double moreBytes = 0) =>
    (
        Create("BASE", Three(1, 0, deviation, 0)),
        Create("CANDIDATE", Three(2, slowdown, deviation, moreBytes)));

    private static CaseResult[] Three(int seed, double slowdown, double deviation, double moreBytes) =>
    [
        Case("WhenAll", 16, 100 * (1 + slowdown), seed, deviation, 3000 * (1 + moreBytes)),
        Case("Channel", 16, 101, seed, deviation),
        Case("Dataflow", 16, 102, seed, deviation),
    ];
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Analysis;

/// <summary>Intervals of speedups over a baseline that differs from the other rows, held against simulated runs.</summary>
public sealed class SpeedupTests
{
    private const int Runs = 400;
    private const int Rounds = 3;
    private const double BaselineMs = 8000;
    private const double RowMs = 125;

    private static readonly string[] Strategies =
        ["WhenAll", "WhenAllBatches", "WorkerLoops", "Channel", "Dataflow", "ParallelForEachAsync", "DedicatedThreads"];

    /// <summary>A baseline that mostly waits does not get slower with the rows that compute.</summary>
    /// <param name="shared">By how much a round moves all rows but the baseline; a relative standard deviation.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(0.005)]
    [InlineData(0.02)]
    public void Nineteen_of_twenty_intervals_hold_the_true_speedup_where_rounds_move_the_rows_and_not_the_baseline(double shared)
    {
        var random = new Random(1);
        var speedups = Enumerable.Range(0, Runs).SelectMany(_ => Simulate(random, shared)).ToList();

        var held = speedups.Count(speedup => Math.Abs(speedup.Value - (BaselineMs / RowMs)) <= speedup.Error);

        // Rows share their noise here: of 400 runs the share is known within 2 %.
        Assert.InRange((double)held / speedups.Count, 0.925, 0.985);
    }

    private static IEnumerable<Estimate> Simulate(Random random, double shared)
    {
        var moves = Enumerable.Range(0, Rounds).Select(_ => Normal.Sample(random, 0, shared)).ToArray();
        CaseResult[] cases =
        [
            CreateCase("Sequential", null, BaselineMs, new double[Rounds]),
            .. Strategies.Select(strategy => CreateCase(strategy, 64, RowMs, moves)),
        ];
        var rows = SuiteAnalysis.AnalyseRows(new SuiteResult("Strategies", "", new Scenario(), cases));
        return rows.Where(row => !row.Result.IsBaseline).Select(row => row.Speedup!.Value);

        CaseResult CreateCase(string strategy, int? workers, double makespanMs, double[] moves) =>
            SampleRuns.Case(strategy, workers, makespanMs) with
            {
                Processes = [.. moves.Select((move, index) => new ProcessResult(index + 1,
                    [new IterationResult { MakespanMs = makespanMs * Math.Exp(move + Normal.Sample(random, 0, 0.003)) }]))],
            };
    }
}

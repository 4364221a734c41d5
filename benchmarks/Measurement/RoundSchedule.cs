using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Rounds: each case runs once in every round, in a fresh process, in an order that a seed shuffles.</summary>
/// <remarks>
/// A machine that gets slower for a minute then slows one process of several cases instead of every process of one:
/// interleaving is what makes the rounds independent of each other. The rounds' jobs differ in nothing but their id, so one build serves them all
/// (BenchmarkDotNet's partitioner ignores ids).
/// </remarks>
internal sealed class RoundSchedule
{
    private readonly Dictionary<BenchmarkCase, (BenchmarkCase Case, int Round)> _origins = new(ReferenceEqualityComparer.Instance);

    /// <summary>Schedules suites.</summary>
    /// <param name="suites">The suites, each with every case once.</param>
    /// <param name="rounds">How many rounds, 1 or more.</param>
    /// <param name="seed">Where the shuffling starts; the report states it, so that a run can be repeated in the same order.</param>
    /// <param name="takesPartIn">Whether a case takes part in a round, from 0; some are too slow for all of them.</param>
    public RoundSchedule(BenchmarkRunInfo[] suites, int rounds, int seed, Func<BenchmarkCase, int, bool> takesPartIn)
    {
        var random = new Random(seed);
        Suites = [.. suites.Select(suite => new BenchmarkRunInfo(
            [.. Enumerable.Range(0, rounds).SelectMany(round => CreateRound(suite, round, random, takesPartIn))], suite.Type, suite.Config))];
    }

    /// <summary>The suites, each with its cases round by round.</summary>
    public BenchmarkRunInfo[] Suites { get; }

    /// <summary>The case that a scheduled case stands for.</summary>
    public BenchmarkCase GetCase(BenchmarkCase scheduled) => _origins[scheduled].Case;

    /// <summary>The round of a scheduled case, from 0.</summary>
    public int GetRound(BenchmarkCase scheduled) => _origins[scheduled].Round;

    /// <summary>One report a case, made from all its processes; a process's measurements bear its round as their launch index.</summary>
    /// <param name="reports">The reports of a suite's scheduled cases, as far as they ended.</param>
    /// <param name="metricsOf">The metrics of a case.</param>
    public IReadOnlyList<BenchmarkReport> Merge(IEnumerable<BenchmarkReport> reports, Func<BenchmarkCase, IReadOnlyList<Metric>> metricsOf) =>
        [.. reports.GroupBy(report => GetCase(report.BenchmarkCase)).Select(rounds => Merge(rounds.Key, [.. rounds], metricsOf(rounds.Key)))];

    private BenchmarkReport Merge(BenchmarkCase benchmarkCase, IReadOnlyList<BenchmarkReport> rounds, IReadOnlyList<Metric> metrics)
    {
        var results = rounds.OrderBy(report => GetRound(report.BenchmarkCase))
            .SelectMany(report => report.ExecuteResults.Select(result => WithLaunchIndex(result, GetRound(report.BenchmarkCase) + 1)));
        return new BenchmarkReport(
            rounds.All(report => report.Success), benchmarkCase, rounds[0].GenerateResult, rounds[0].BuildResult, [.. results], metrics);
    }

    private static ExecuteResult WithLaunchIndex(ExecuteResult result, int launchIndex) => new(
        result.FoundExecutable, result.ExitCode, result.ProcessId, result.Results, result.PrefixedLines, result.StandardOutput, launchIndex);

    private List<BenchmarkCase> CreateRound(BenchmarkRunInfo suite, int round, Random random, Func<BenchmarkCase, int, bool> takesPartIn)
    {
        var cases = suite.BenchmarksCases.Where(one => takesPartIn(one, round)).ToArray();
        random.Shuffle(cases);
        var scheduled = new List<BenchmarkCase>(cases.Length);
        foreach (var original in cases)
        {
            var job = original.Job.WithId($"{original.Job.Id}-round{round + 1}");
            var one = BenchmarkCase.Create(original.Descriptor, job, original.Parameters, original.Config);
            _origins.Add(one, (original, round));
            scheduled.Add(one);
        }

        return scheduled;
    }
}

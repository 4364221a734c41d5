using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Rounds: each case runs once in every round, in a fresh process, in an order that a seed shuffles.</summary>
/// <remarks>
/// A machine that gets slower for a minute then slows one process of several cases instead of every process of one: interleaving is what
/// makes the rounds independent of each other. The rounds' jobs differ in their id alone, so one build serves them all (BenchmarkDotNet's
/// partitioner ignores ids and iteration counts).
/// </remarks>
internal sealed class RoundSchedule
{
    private readonly Dictionary<BenchmarkCase, (BenchmarkCase Case, int Round)> _origins = new(ReferenceEqualityComparer.Instance);

    /// <summary>Schedules suites.</summary>
    /// <param name="suites">The suites, each with every case once.</param>
    /// <param name="seed">Where the shuffling starts; the report states it, so that a run can be repeated in the same order.</param>
    public RoundSchedule(IEnumerable<BenchmarkRunInfo> suites, int seed)
    {
        var random = new Random(seed);
        BenchmarkRunInfo[] unscheduled = [.. suites];
        Cases = [.. unscheduled.SelectMany(suite => suite.BenchmarksCases)];
        Suites = [.. unscheduled.Select(suite => Schedule(suite, random))];
        Processes = [.. Suites.SelectMany(suite => suite.BenchmarksCases)];
    }

    /// <summary>The suites, each with its cases round by round, and without exporters: their reports would have a row a process.</summary>
    public BenchmarkRunInfo[] Suites { get; }

    /// <summary>The cases, each once, in the order of the source.</summary>
    public IReadOnlyList<BenchmarkCase> Cases { get; }

    /// <summary>All scheduled cases, in the order in which they run: each is a process.</summary>
    public IReadOnlyList<BenchmarkCase> Processes { get; }

    /// <summary>The rounds of the suite that has most.</summary>
    public int Rounds => Processes.Select(GetRound).DefaultIfEmpty(1).Max();

    /// <summary>"3 rounds"; where suites differ, those of each: "rounds: ColdStartFirst 5, ColdStartSteady 3".</summary>
    public string RoundsText
    {
        get
        {
            var bySuite = Suites.Select(suite => (suite.Type.Name, Rounds: suite.BenchmarksCases.Max(GetRound))).ToArray();
            return bySuite.Select(suite => suite.Rounds).Distinct().Count() == 1
                ? $"{bySuite[0].Rounds} rounds"
                : $"Rounds: {string.Join(", ", bySuite.Select(suite => $"{suite.Name} {suite.Rounds}"))}";
        }
    }

    /// <summary>The case that a scheduled case stands for.</summary>
    public BenchmarkCase GetCase(BenchmarkCase scheduled) => _origins[scheduled].Case;

    /// <summary>The round of a scheduled case, from 1.</summary>
    public int GetRound(BenchmarkCase scheduled) => _origins[scheduled].Round;

    private BenchmarkRunInfo Schedule(BenchmarkRunInfo suite, Random random)
    {
        var rounds = CaseCatalogue.SuiteOf(suite.BenchmarksCases[0]).Rounds;
        var scheduled = Enumerable.Range(1, rounds).SelectMany(round => ScheduleRound(suite.BenchmarksCases, round, random));
        return new BenchmarkRunInfo([.. scheduled], suite.Type, SuiteConfig.WithoutExporters(suite.Config));
    }

    private List<BenchmarkCase> ScheduleRound(IEnumerable<BenchmarkCase> cases, int round, Random random)
    {
        var order = cases.Where(one => round == 1 || !SlowCases.RunsInFirstRoundOnly(CaseCatalogue.Describe(one))).ToArray();
        random.Shuffle(order);
        return [.. order.Select(one => ScheduleCase(one, round))];
    }

    private BenchmarkCase ScheduleCase(BenchmarkCase original, int round)
    {
        var job = original.Job.WithId($"round{round}").WithIterationCount(SlowCases.GetIterations(original));
        var scheduled = BenchmarkCase.Create(original.Descriptor, job, original.Parameters, original.Config);
        _origins.Add(scheduled, (original, round));
        return scheduled;
    }
}

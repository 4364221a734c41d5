using Downloader.Benchmarks.Results;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>Two runs, compared case by case: what every view of <c>compare</c> shows.</summary>
public sealed record RunComparison
{
    /// <summary>The chance of calling any case different, if none is.</summary>
    public const double Significance = 0.01;

    private RunComparison(ComparedRun first, ComparedRun second, bool isPaired, double? gate, CaseMatch match)
    {
        (Base, Candidate, IsPaired, Gate) = (first, second, isPaired, gate);
        (OnlyInBase, OnlyInCandidate) = (match.OnlyInBase, match.OnlyInCandidate);
        Cases = Compare(match, isPaired, gate is { } increase ? RegressionGate.ForTimes(increase) : null,
            gate is null ? null : RegressionGate.ForAllocations);
    }

    /// <summary>What the candidate is compared with.</summary>
    public ComparedRun Base { get; }

    /// <summary>What is compared.</summary>
    public ComparedRun Candidate { get; }

    /// <summary>Whether the rounds of the two runs alternated; otherwise they are two runs at two times.</summary>
    public bool IsPaired { get; }

    /// <summary>The slowdown that must be found, as 0.1; null without a gate.</summary>
    public double? Gate { get; }

    /// <summary>The cases that both runs have, in the candidate's order.</summary>
    public IReadOnlyList<ComparedCase> Cases { get; private init; }

    /// <summary>Names of the cases that the base alone has.</summary>
    public IReadOnlyList<string> OnlyInBase { get; }

    /// <summary>Names of the cases that the candidate alone has.</summary>
    public IReadOnlyList<string> OnlyInCandidate { get; }

    /// <summary>The rounds of an alarm's confirmation; null where there was none.</summary>
    public int? ConfirmationRounds { get; private init; }

    /// <summary>The cases that raised an alarm.</summary>
    public IEnumerable<ComparedCase> Alarms => Gate is null ? [] : Cases.Where(one => one.IsHigher);

    /// <summary>Whether a case is slower, or allocates more, as fresh rounds confirmed.</summary>
    public bool HasRegression => Alarms.Any(one => one.IsConfirmed);

    /// <summary>Whether the gate is closed for another reason than a regression: no case could be gated, or one can no longer be compared
    /// in the candidate, since it starves, fails or never settles there.</summary>
    public bool HasUngatedFailure =>
        Gate is not null && (Cases.All(one => one.Exclusion is not null) || Cases.Any(one => one.IsNewlyExcluded));

    /// <summary>Whether fresh rounds say nothing of an alarm.</summary>
    public bool LacksConfirmation => Alarms.Any(one => one.LacksConfirmation);

    /// <summary>Compares two runs.</summary>
    /// <param name="first">The base.</param>
    /// <param name="second">The candidate.</param>
    /// <param name="isPaired">Whether their rounds alternated.</param>
    /// <param name="gate">The slowdown that must be found, as 0.1; null without a gate.</param>
    /// <exception cref="InvalidRunException">They have no case in common, a case ran under different conditions, or with a strategy that
    /// this program does not have.</exception>
    public static RunComparison Create(ComparedRun first, ComparedRun second, bool isPaired, double? gate) =>
        new(first, second, isPaired, gate, CaseMatch.Create(first, second, isStrict: !isPaired));

    /// <summary>The same comparison with what fresh rounds of the alarmed cases say of them.</summary>
    /// <param name="first">The base's fresh rounds.</param>
    /// <param name="second">The candidate's.</param>
    /// <exception cref="InvalidRunException">As <see cref="Create"/>.</exception>
    public RunComparison Confirm(ComparedRun first, ComparedRun second)
    {
        var match = CaseMatch.Create(first, second, isStrict: true);
        var fresh = Compare(match, IsPaired, RegressionGate.ForTimes(Gate!.Value).ForConfirmation,
                RegressionGate.ForAllocations.ForConfirmation)
            .ToDictionary(one => CaseKey.Create(one.Suite, one.Candidate.Result));
        return this with
        {
            ConfirmationRounds = second.Run.Rounds,
            Cases = [.. Cases.Select(one => one.IsHigher ? Confirm(one) : one)],
        };

        ComparedCase Confirm(ComparedCase one)
        {
            var again = fresh.GetValueOrDefault(CaseKey.Create(one.Suite, one.Candidate.Result));
            return one with
            {
                Time = one.Time is null ? null : one.Time with { Confirmation = again?.Time },
                Allocations = one.Allocations is null ? null : one.Allocations with { Confirmation = again?.Allocations },
            };
        }
    }

    private static ComparedCase[] Compare(CaseMatch match, bool isPaired, RegressionGate? timeGate, RegressionGate? allocationGate)
    {
        ComparedCase[] cases = [.. Analyse(match)];
        var times = Figures(cases, one => FigurePair.Create(one.Base.MediansMs, one.Candidate.MediansMs, isPaired));
        var allocations = Figures(cases, one => FigurePair.Create(AllocationsOf(one.Base), AllocationsOf(one.Candidate), isPaired));
        var comparedTimes = ComparedFigure.Create(RatioEstimate.ForTimes([.. times.Values]), timeGate);
        var comparedAllocations = ComparedFigure.Create(RatioEstimate.ForAllocations([.. allocations.Values]), allocationGate);
        var timeOf = times.Keys.Zip(comparedTimes).ToDictionary();
        var allocationOf = allocations.Keys.Zip(comparedAllocations).ToDictionary();
        return [.. cases.Select((one, index) => one with
        {
            Time = timeOf.GetValueOrDefault(index),
            Allocations = allocationOf.GetValueOrDefault(index),
        })];
    }

    private static IEnumerable<ComparedCase> Analyse(CaseMatch match) =>
        from suites in match.Suites
        let suite = suites.Candidate.Name
        let prefix = match.Suites.Count > 1 ? $"{suite}: " : ""
        from rows in SuiteAnalysis.AnalyseRows(suites.Base).Zip(SuiteAnalysis.AnalyseRows(suites.Candidate))
        select new ComparedCase(suite, rows.First, rows.Second) { Name = prefix + rows.Second.FullName };

    /// <summary>The figures of the cases that can be compared, by the case's place.</summary>
    internal static SortedDictionary<int, FigurePair> Figures(IReadOnlyList<ComparedCase> cases, Func<ComparedCase, FigurePair> figure)
    {
        SortedDictionary<int, FigurePair> pairs = [];
        for (var index = 0; index < cases.Count; index++)
        {
            var one = cases[index];
            if (ComparedCase.ExclusionOf(one.Base) is not null || ComparedCase.ExclusionOf(one.Candidate) is not null) continue;
            if (figure(one) is { HasEnough: true } pair) pairs.Add(index, pair);
        }

        return pairs;
    }

    /// <summary>Bytes per download in each round: the median of the process's iterations; rounds without an audit are left out.</summary>
    internal static IReadOnlyDictionary<int, double> AllocationsOf(CaseAnalysis one) => one.Result.Processes
        .Select(process => (process.Round, Bytes: process.Iterations.Select(iteration => (double?)iteration.AllocatedBytes).ToArray()))
        .Where(process => process.Bytes.Length > 0 && !process.Bytes.Contains(null))
        .GroupBy(process => process.Round, process => process.Bytes.OfType<double>().Median() / one.Result.Downloads)
        .ToDictionary(round => round.Key, round => round.Median());
}

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>How often the gate raises an alarm: comparisons of few rounds are drawn from two runs of many rounds that
/// alternated.</summary>
/// <remarks>Each draw takes other rounds, and goes through the estimates and the gate that a comparison uses. For runs of the same code,
/// base and candidate also change places at random within each round, so that a difference that the runs have by chance is not found again
/// in every draw.</remarks>
public sealed class GateTrial
{
    private readonly FigurePair[] _times;
    private readonly FigurePair[] _allocations;
    private readonly int[] _timeCases;
    private readonly int[] _allocationCases;
    private readonly RegressionGate _timeGate;
    private readonly int _bankRounds;

    /// <summary>Reads what to draw from.</summary>
    /// <param name="bank">Two runs whose rounds alternated, with a gate.</param>
    public GateTrial(RunComparison bank)
    {
        _timeGate = RegressionGate.ForTimes(bank.Gate ?? throw new ArgumentException("There is no gate.", nameof(bank)));
        var times = RunComparison.Figures(
            bank.Cases, one => FigurePair.Create(one.Base.MediansMs, one.Candidate.MediansMs, isPaired: true));
        var allocations = RunComparison.Figures(bank.Cases, one =>
            FigurePair.Create(RunComparison.AllocationsOf(one.Base), RunComparison.AllocationsOf(one.Candidate), isPaired: true));
        (_times, _timeCases) = ([.. times.Values], [.. times.Keys]);
        (_allocations, _allocationCases) = ([.. allocations.Values], [.. allocations.Keys]);
        Names = [.. bank.Cases.Select(one => one.Name)];
        _bankRounds = _times.Concat(_allocations).Select(one => one.Base.Count).DefaultIfEmpty(0).Min();
    }

    /// <summary>The names of the cases.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The rounds that all cases have.</summary>
    public int BankRounds => _bankRounds;

    /// <summary>Draws comparisons.</summary>
    /// <param name="draws">How many.</param>
    /// <param name="rounds">The rounds of each; at most <see cref="BankRounds"/>.</param>
    /// <param name="isRelabelled">Whether base and candidate change places at random within each round.</param>
    /// <param name="seed">Where the drawing starts.</param>
    public GateTrialResult Run(int draws, int rounds, bool isRelabelled, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds, _bankRounds);
        var random = new Random(seed);
        int[] places = [.. Enumerable.Range(0, _bankRounds)];
        var (anyAlarm, byTime, byAllocation) = (0, new int[Names.Count], new int[Names.Count]);
        for (var draw = 0; draw < draws; draw++)
        {
            random.Shuffle(places);
            var drawn = places[..rounds];
            bool[] isSwapped = [.. drawn.Select(_ => isRelabelled && random.Next(2) == 1)];
            var timeAlarms = _timeGate.FindAlarms(RatioEstimate.ForTimes([.. _times.Select(one => one.Draw(drawn, isSwapped))]));
            var allocationAlarms = RegressionGate.ForAllocations.FindAlarms(
                RatioEstimate.ForAllocations([.. _allocations.Select(one => one.Draw(drawn, isSwapped))]));
            Count(timeAlarms, _timeCases, byTime);
            Count(allocationAlarms, _allocationCases, byAllocation);
            if (timeAlarms.Contains(true) || allocationAlarms.Contains(true)) anyAlarm++;
        }

        return new GateTrialResult(
            (double)anyAlarm / draws,
            [.. byTime.Select(count => (double)count / draws)],
            [.. byAllocation.Select(count => (double)count / draws)]);
    }

    private static void Count(IReadOnlyList<bool> alarms, int[] cases, int[] counts)
    {
        for (var index = 0; index < alarms.Count; index++)
        {
            if (alarms[index]) counts[cases[index]]++;
        }
    }
}

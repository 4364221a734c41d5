using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Compares the rows of a suite within the rounds that they were measured in.</summary>
/// <remarks>Only regular rows that ran in every round take part: noise is estimated from all of them together.</remarks>
internal sealed class RoundComparison
{
    private readonly double[][] _logs;
    private readonly Dictionary<int, int> _places;

    /// <summary>Estimates the noise of the makespans.</summary>
    /// <param name="rows">All rows of a suite.</param>
    public RoundComparison(IReadOnlyList<CaseAnalysis> rows)
        : this(rows, row => row.MediansMs)
    {
    }

    /// <summary>Estimates the noise of a figure.</summary>
    /// <param name="rows">All rows of a suite.</param>
    /// <param name="byRound">The figure of the process of each round.</param>
    public RoundComparison(IReadOnlyList<CaseAnalysis> rows, Func<CaseAnalysis, IReadOnlyDictionary<int, double>> byRound)
    {
        var regular = rows.Where(row => row.IsRegular).Select(row => (row.Index, ByRound: byRound(row))).ToArray();
        var rounds = ChooseRounds([.. regular.Select(row => row.ByRound)]);
        var compared = regular.Where(row => HasRun(row.ByRound, rounds)).ToArray();
        _logs = [.. compared.Select(row => Enumerable.Range(1, rounds).Select(round => Math.Log(row.ByRound[round])).ToArray())];
        _places = compared.Select((row, place) => (row.Index, Place: place)).ToDictionary(one => one.Index, one => one.Place);
        Noise = ProcessNoise.FromRounds(_logs);
    }

    /// <summary>The noise; null where the rounds cannot tell: with fewer than two rounds or two regular rows.</summary>
    public ProcessNoise? Noise { get; }

    /// <summary>The ratio of two rows' figures; null where the rounds cannot tell its interval.</summary>
    public PairedRatio? Ratio(CaseAnalysis numerator, CaseAnalysis denominator)
    {
        if (Noise is null || !TakesPart(numerator) || !TakesPart(denominator)) return null;
        var (a, b) = (_places[numerator.Index], _places[denominator.Index]);
        return PairedRatio.Create(_logs[a], _logs[b], Noise.VarianceOf(a), Noise.VarianceOf(b), Noise.DegreesOfFreedom);
    }

    /// <summary>The baseline's figure divided by that of each row, by the row's index; of the rows that take part.</summary>
    /// <remarks>Of two intervals the wider one: that of <see cref="Ratio"/>, and that from the differences between row and baseline within
    /// the rounds. A baseline mostly waits, and the other rows compute: a round can slow them and not the baseline, which the first one
    /// takes for an effect of the round on all rows. The second one alone, from few rounds, is too narrow by chance more often.</remarks>
    public IReadOnlyDictionary<int, Estimate> RatiosToBaseline(CaseAnalysis baseline, IEnumerable<CaseAnalysis> rows)
    {
        if (!TakesPart(baseline)) return new Dictionary<int, Estimate>();
        var compared = rows.Where(row => TakesPart(row) && row.Index != baseline.Index).ToArray();
        var differences = RatioEstimate.ForTimes(
            [.. compared.Select(row => new FigurePair(LogsOf(row), LogsOf(baseline), IsPaired: true))]);
        return compared.Zip(differences).ToDictionary(
            one => one.First.Index,
            one => new Estimate(one.Second.Value, Math.Max(one.Second.Error, Ratio(baseline, one.First)!.Error)));
    }

    /// <summary>Whether intervals of the row are known.</summary>
    public bool TakesPart(CaseAnalysis row) => Noise is not null && _places.ContainsKey(row.Index);

    /// <summary>The relative standard deviation of a row's processes; null for a row that takes no part.</summary>
    public double? DeviationOf(CaseAnalysis row) => TakesPart(row) ? Math.Sqrt(Noise!.VarianceOf(_places[row.Index])) : null;

    private double[] LogsOf(CaseAnalysis row) => _logs[_places[row.Index]];

    /// <summary>The rounds, from the first, that tell most: an interrupted run has few rows in its last round.</summary>
    private static int ChooseRounds(IReadOnlyDictionary<int, double>[] rows)
    {
        var last = rows.Select(row => row.Count).Append(1).Max();
        return Enumerable.Range(1, last).MaxBy(rounds => (rounds - 1) * rows.Count(row => HasRun(row, rounds)));
    }

    private static bool HasRun(IReadOnlyDictionary<int, double> row, int rounds) => Enumerable.Range(1, rounds).All(row.ContainsKey);
}

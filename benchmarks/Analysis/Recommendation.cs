namespace Downloader.Benchmarks.Analysis;

/// <summary>Which row to use: of those that tie with the best the one of fewest workers and then of least code. Rows without a limit are
/// only chosen where there is no other.</summary>
/// <param name="Choice">The chosen row; without intervals, the fastest.</param>
/// <param name="Ties">The other rows that tie with the best.</param>
/// <param name="Undecided">The rows that may tie: more rounds would tell.</param>
/// <param name="HasIntervals">Whether the rounds tell differences. If not, nothing is called a tie.</param>
public sealed record Recommendation(
    CaseAnalysis Choice, IReadOnlyList<CaseAnalysis> Ties, IReadOnlyList<CaseAnalysis> Undecided, bool HasIntervals)
{
    /// <summary>Whether more rounds could change the choice: the best stands alone among rows that the rounds do not tell from it, or a row
    /// of fewer workers may tie.</summary>
    public bool IsOpen => Undecided.Any(row => Ties.Count == 0 || row.MaxInFlight < Choice.MaxInFlight);

    /// <summary>Chooses among rows whose times can be compared; null when there is none, or one of several with which nothing can be
    /// compared.</summary>
    public static Recommendation? Choose(IReadOnlyCollection<CaseAnalysis> rows)
    {
        // A row that ran a share of the list has no makespan of the whole.
        var sound = rows.Where(row => row is { IsComparable: true, Result.ListDownloads: null }).ToArray();
        if (rows.Count > 1 && rows.Count(row => row.IsComparable) == 1) return null;
        // Prefer bounded strategies: unbounded speed depends on the server having no limit.
        if (sound.Any(row => row.IsBounded)) sound = [.. sound.Where(row => row.IsBounded)];
        // Among ties the least code wins, so that noise does not decide and the advice stays the same from run to run.
        var tied = sound.Where(row => row.VersusBest?.Standing == Standing.BestOrTie)
            .OrderBy(row => row.MaxInFlight)
            .ThenBy(row => StrategyCatalogue.Find(row.Result.Strategy)?.CodeEffort)
            .ThenBy(row => row.Result.Kind == StrategyKind.Blocking)
            .ThenBy(row => row.Index)
            .ToArray();
        if (tied.Length > 0)
        {
            var undecided = sound.Where(row => row.VersusBest?.Standing == Standing.Undecided).ToArray();
            return new Recommendation(tied[0], tied[1..], undecided, HasIntervals: true);
        }

        return sound.MinBy(row => row.MedianMs) is { } fastest ? new Recommendation(fastest, [], [], HasIntervals: false) : null;
    }
}

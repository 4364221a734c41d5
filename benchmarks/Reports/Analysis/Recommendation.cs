namespace Downloader.Benchmarks.Reports.Analysis;

/// <summary>What to take: the fewest workers that are as good as the best. Rows without a limit are only taken where there is no other.</summary>
/// <param name="Row">The row to take.</param>
/// <param name="Best">The row of least median makespan among those that were compared.</param>
/// <param name="AsGood">Other rows of the same worker count that are as good.</param>
public sealed record Recommendation(RowAnalysis Row, RowAnalysis Best, IReadOnlyList<RowAnalysis> AsGood)
{
    /// <summary>As good as the best: at most this share slower, or not told apart from it by the noise test.</summary>
    public const double Tolerance = 0.05;

    // Among equals the least code wins, so that the advice is the same tomorrow; others follow in the order of the table.
    private static readonly string[] SimplestFirst = ["ParallelForEachAsync", "WhenAll", "Channel", "Dataflow"];

    /// <summary>Chooses among sound rows; null when there is none.</summary>
    public static Recommendation? Among(IEnumerable<RowAnalysis> rows)
    {
        var sound = rows.Where(row => row.IsSound).ToArray();
        // No limit is no advice: it is as fast as the server is kind.
        if (sound.Any(row => row.IsBounded)) sound = [.. sound.Where(row => row.IsBounded)];
        if (sound.MinBy(row => row.Median) is not { } best) return null;
        var good = sound.Where(row => IsAsGood(row, best)).ToArray();
        var fewest = good.Min(row => row.Allowed);
        var candidates = good.Where(row => row.Allowed == fewest)
            .OrderBy(row => row.Row.Kind == StrategyKind.Blocking)
            .ThenBy(row => Array.IndexOf(SimplestFirst, row.Row.Strategy) is var place and >= 0 ? place : int.MaxValue)
            .ThenBy(row => row.Index)
            .ToArray();
        return new Recommendation(candidates[0], best, candidates[1..]);
    }

    private static bool IsAsGood(RowAnalysis row, RowAnalysis best) =>
        row.Median <= best.Median * (1 + Tolerance)
        || NoiseTest.CanTell(row.Row.Makespans, best.Row.Makespans) && !NoiseTest.IsFaster(best.Row.Makespans, row.Row.Makespans, margin: 0);
}

namespace Downloader.Benchmarks.Analysis;

/// <summary>What to take: the fewest workers within <see cref="Tolerance"/> of the best. Rows without a limit are only taken where there is no other.</summary>
/// <param name="Row">The row to take.</param>
/// <param name="Best">The row of least median makespan among those that were compared.</param>
/// <param name="Equivalents">Other rows of the same worker count that are within tolerance of the best too, or within noise of the fastest there.</param>
public sealed record Recommendation(CaseAnalysis Row, CaseAnalysis Best, IReadOnlyList<CaseAnalysis> Equivalents)
{
    /// <summary>Workers that gain no more than this share of the best's makespan are not worth having.</summary>
    public const double Tolerance = 0.05;

    // Among equals the least code wins, so that the advice is the same tomorrow; others follow in the order of the table.
    private static readonly string[] SimplestFirst = ["ParallelForEachAsync", "WhenAll", "Channel", "Dataflow"];

    /// <summary>Whether the row itself is within tolerance, rather than within noise of one that is.</summary>
    public bool IsWithinTolerance => IsWithin(Row, Best);

    /// <summary>Chooses among sound rows; null when there is none.</summary>
    public static Recommendation? Among(IEnumerable<CaseAnalysis> rows)
    {
        var sound = rows.Where(row => row.IsValid).ToArray();
        // No limit is no advice: it is as fast as the server is kind.
        if (sound.Any(row => row.IsBounded)) sound = [.. sound.Where(row => row.IsBounded)];
        if (sound.MinBy(row => row.Median) is not { } best) return null;
        // Noise has no say in how many workers: a row that spreads widely is not told apart from the best even when it is far slower.
        var fewest = sound.Where(row => IsWithin(row, best)).Min(row => row.Allowed);
        var there = sound.Where(row => row.Allowed == fewest).ToArray();
        var fastest = there.MinBy(row => row.Median)!;
        var candidates = there.Where(row => IsWithin(row, best) || IsWithinNoise(row, fastest))
            .OrderBy(row => row.Row.Kind == StrategyKind.Blocking)
            .ThenBy(row => Array.IndexOf(SimplestFirst, row.Row.Strategy) is var place and >= 0 ? place : int.MaxValue)
            .ThenBy(row => row.Index)
            .ToArray();
        return new Recommendation(candidates[0], best, candidates[1..]);
    }

    /// <summary>Of one strategy's rows, the sound one of fewest workers that is within tolerance of the best of them, or that noise does not tell
    /// from it; null when none is sound. Of a strategy that starves the counts spread widely: with tolerance alone, chance would choose.</summary>
    public static CaseAnalysis? FewestWorkers(IEnumerable<CaseAnalysis> rows)
    {
        var sound = rows.Where(row => row.IsValid).OrderBy(row => row.Allowed).ToArray();
        return sound.MinBy(row => row.Median) is { } best ? sound.First(row => IsWithin(row, best) || IsWithinNoise(row, best)) : null;
    }

    private static bool IsWithin(CaseAnalysis row, CaseAnalysis best) => row.Median <= best.Median * (1 + Tolerance);

    private static bool IsWithinNoise(CaseAnalysis row, CaseAnalysis fastest) =>
        SignificanceTest.HasEnoughSamples(row.Row.Makespans, fastest.Row.Makespans) && !SignificanceTest.IsFaster(fastest.Row.Makespans, row.Row.Makespans);
}

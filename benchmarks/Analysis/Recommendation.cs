namespace Downloader.Benchmarks.Analysis;

/// <summary>Which row to use: the fewest workers within <see cref="Tolerance"/> of the best. Rows without a limit are only chosen where
/// there is no other.</summary>
/// <param name="Choice">The recommended row.</param>
/// <param name="Best">The row of least median makespan among those that were compared.</param>
/// <param name="Equivalents">Other rows of the same worker count that are within tolerance of the best too, or within noise of the fastest
/// there.</param>
public sealed record Recommendation(CaseAnalysis Choice, CaseAnalysis Best, IReadOnlyList<CaseAnalysis> Equivalents)
{
    /// <summary>More workers are not recommended where they gain no more than this share of the best's makespan.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Whether the choice itself is within tolerance, rather than within noise of a row that is.</summary>
    public bool IsWithinTolerance => IsWithin(Choice, Best);

    /// <summary>Chooses among valid rows; null when there is none.</summary>
    public static Recommendation? Choose(IEnumerable<CaseAnalysis> rows)
    {
        var valid = rows.Where(row => row.IsValid).ToArray();
        // Prefer bounded strategies: unbounded speed depends on the server having no limit.
        if (valid.Any(row => row.IsBounded)) valid = [.. valid.Where(row => row.IsBounded)];
        if (valid.MinBy(row => row.MedianMs) is not { } best) return null;
        // Choose the worker count by tolerance only: a widely spread row can be indistinguishable from the best and yet much slower.
        var fewest = valid.Where(row => IsWithin(row, best)).Min(row => row.MaxInFlight);
        var ofFewest = valid.Where(row => row.MaxInFlight == fewest).ToArray();
        var fastest = ofFewest.MinBy(row => row.MedianMs)!;
        // Among equals the simplest code wins, so that noise does not decide and the advice stays the same from run to run.
        var candidates = ofFewest.Where(row => IsWithin(row, best) || IsWithinNoise(row, fastest))
            .OrderBy(row => row.Result.Kind == StrategyKind.Blocking)
            .ThenBy(row => StrategyCatalogue.Find(row.Result.Strategy)?.CodeEffort)
            .ThenBy(row => row.Index)
            .ToArray();
        return new Recommendation(candidates[0], best, candidates[1..]);
    }

    /// <summary>Of one strategy's rows, the valid one of fewest workers that is within tolerance or within noise of the best of them; null
    /// when none is valid. Noise counts here because a starved strategy spreads widely: with tolerance alone, chance would
    /// choose.</summary>
    public static CaseAnalysis? FewestWorkers(IEnumerable<CaseAnalysis> rows)
    {
        var valid = rows.Where(row => row.IsValid).OrderBy(row => row.MaxInFlight).ToArray();
        return valid.MinBy(row => row.MedianMs) is { } best ? valid.First(row => IsWithin(row, best) || IsWithinNoise(row, best)) : null;
    }

    private static bool IsWithin(CaseAnalysis row, CaseAnalysis best) => row.MedianMs <= best.MedianMs * (1 + Tolerance);

    private static bool IsWithinNoise(CaseAnalysis row, CaseAnalysis fastest) =>
        SignificanceTest.HasEnoughSamples(row.MakespansMs, fastest.MakespansMs)
            && !SignificanceTest.IsFaster(fastest.MakespansMs, row.MakespansMs);
}

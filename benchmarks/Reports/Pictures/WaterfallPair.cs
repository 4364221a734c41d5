using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>A starved row and an asynchronous one that did the same downloads with as many workers: the requests of both, as the server
/// logged them, show what starvation is.</summary>
/// <param name="Asynchronous">The asynchronous row of least code among the fast ones.</param>
/// <param name="Starved">The slowest starved row.</param>
public sealed record WaterfallPair(CaseAnalysis Asynchronous, CaseAnalysis Starved)
{
    /// <summary>The rows, the asynchronous one first.</summary>
    public IReadOnlyList<CaseAnalysis> Rows => [Asynchronous, Starved];

    /// <summary>What the two rows show, a sentence.</summary>
    public string Finding =>
        $"With {ReportFormat.Pluralize(Starved.MaxInFlight, "worker")}, {Describe(Asynchronous)}; {Describe(Starved)}.";

    /// <summary>The pair of most workers; null when no starved row has a counterpart, or the requests of either are unknown.</summary>
    public static WaterfallPair? Find(IReadOnlyList<CaseAnalysis> rows)
    {
        // The requests of a first run begin with the first arrival: what passed before it, most of the time, is not in them.
        var drawable = rows.Where(row => row is { IsValid: true, Result: { IsCold: false, Waterfall.Count: > 0 } }).ToArray();
        var pairs =
            from starved in drawable
            where starved.IsStarved
            orderby starved.MaxInFlight descending, starved.MedianMs descending
            let asynchronous = SummaryRows.ChooseAsynchronous(drawable.Where(row => IsCounterpart(row, starved)))
            where asynchronous is not null
            select new WaterfallPair(asynchronous, starved);
        return pairs.FirstOrDefault();
    }

    private static bool IsCounterpart(CaseAnalysis row, CaseAnalysis starved) =>
        row.MaxInFlight == starved.MaxInFlight && row.Result.Downloads == starved.Result.Downloads
        && row.Result.Variant == starved.Result.Variant && row.Scenario == starved.Scenario;

    private static string Describe(CaseAnalysis row)
    {
        var inFlight = row.Figures.MeanInFlight is { } mean ? $" with {ReportFormat.ThreeDigits(mean)} requests in flight on average" : "";
        return $"{row.Name} took {ReportFormat.Time(row.MedianMs!.Value)}{inFlight}";
    }
}

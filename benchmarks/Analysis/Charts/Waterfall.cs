namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>Every request of one iteration of each row, as the server logged them: panels that a reader chooses by worker count.</summary>
/// <param name="Groups">The worker counts, ascending; "no limit" last.</param>
/// <param name="DefaultGroup">The one shown first: the largest with a starved row, else the largest with the most rows.</param>
/// <param name="Panels">A panel per row, in table order.</param>
public sealed record Waterfall(IReadOnlyList<string> Groups, string DefaultGroup, IReadOnlyList<WaterfallPanel> Panels)
{
    /// <summary>The waterfall of a suite; null when no row has requests.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="maxBars">The most bars of a panel; the first ones are kept.</param>
    public static Waterfall? Create(SuiteAnalysis suite, int maxBars)
    {
        var rows = suite.Rows.Where(row => row.Result.Waterfall.Count > 0).ToArray();
        if (rows.Length == 0) return null;
        var groups = rows.GroupBy(row => row.WorkersText).OrderBy(group => !group.First().IsBounded)
            .ThenBy(group => group.First().MaxInFlight).ToArray();
        var mostRows = groups.Max(group => group.Count());
        var shownFirst = groups.LastOrDefault(group => group.Any(row => row.IsStarved)) ?? groups.Last(group => group.Count() == mostRows);
        return new Waterfall([.. groups.Select(group => group.Key)], shownFirst.Key,
            [.. rows.Select(row => WaterfallPanel.Create(row, maxBars))]);
    }
}

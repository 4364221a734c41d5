using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>One row's requests.</summary>
/// <param name="Group">Its worker count.</param>
/// <param name="Name">Strategy and variant.</param>
/// <param name="Marks">What a reader must notice beside the name.</param>
/// <param name="Summary">Makespan and requests in flight, a phrase.</param>
/// <param name="Description">The same for readers who do not see the chart.</param>
/// <param name="Bars">Each: lane from 1, start and end in milliseconds, a <see cref="Outcomes"/> index, page.</param>
public sealed record WaterfallPanel(
    string Group, string Name, IReadOnlyList<string> Marks, string Summary, string Description, IReadOnlyList<object[]> Bars)
{
    /// <summary>What became of a request, as the key of the chart names it.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["served", "refused", "failed", "abandoned"];

    internal static WaterfallPanel Create(CaseAnalysis row, int maxBars)
    {
        var all = row.Result.Waterfall;
        var bars = all.Take(maxBars).ToArray();
        List<string> facts = [];
        if (row.MedianMs is { } median) facts.Add(ReportFormat.Time(median));
        if (row.Figures.MeanInFlight is { } inFlight)
            facts.Add($"{ReportFormat.ThreeDigits(inFlight)} of {ReportFormat.Number(row.MaxInFlight)} in flight on average");
        if (row.Figures.PeakInFlight is { } peak) facts.Add($"peak {ReportFormat.Number(peak)}");
        if (bars.Length < all.Count)
            facts.Add($"the first {ReportFormat.Number(bars.Length)} of {ReportFormat.Number(all.Count)} requests");
        var description = $"{row.FullName}: {ReportFormat.Pluralize(bars.Length, "request")}. {string.Join(", ", facts)}.";
        return new WaterfallPanel(row.WorkersText, row.Name, row.Marks, string.Join(" · ", facts), description, [.. bars.Select(Bar)]);
    }

    private static object[] Bar(WaterfallBar bar) =>
    [
        bar.Lane + 1,
        Math.Round(bar.StartMs, 3),
        Math.Round(bar.EndMs, 3),
        OutcomeIndex(bar.Outcome),
        bar.Page.GetName().ToLowerInvariant(),
    ];

    private static int OutcomeIndex(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Served => 0,
        _ when outcome.IsRefusal() => 1,
        RequestOutcome.Abandoned => 3,
        _ => 2,
    };
}

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Whether the cost of a download, and memory, stay flat as downloads grow.</summary>
internal static class ScaleConclusion
{
    // A cost that differs by less over decades of downloads is called flat.
    private const double Flat = 1.25;

    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        foreach (var series in suite.Ran.GroupBy(row => row.FullName))
        {
            var few = series.MinBy(row => row.Row.Downloads)!;
            var many = series.MaxBy(row => row.Row.Downloads)!;
            if (few.Row.Downloads == many.Row.Downloads) continue;
            var growth = Cost(many) / Cost(few);
            var verdict = growth > Flat ? $"grew {ReportFormat.Number(growth)} times" : growth < 1 / Flat ? $"fell to {ReportFormat.Percent(growth)}" : "stayed flat";
            var memory = few.Row.PeakMemory is > 0 and var before && many.Row.PeakMemory is { } after
                ? $" Peak memory: {ReportFormat.Number(after / before)} times ({ReportFormat.Bytes(before)} to {ReportFormat.Bytes(after)})."
                : "";
            sentences.Add($"{series.Key}: the cost of a download {verdict} from {ReportFormat.Amount(few.Row.Downloads)} to {ReportFormat.Count(many.Row.Downloads, "download")} "
                + $"({ReportFormat.Number(1000 * Cost(few))} to {ReportFormat.Number(1000 * Cost(many))} µs){(many.DownloadsPerSecond is { } perSecond ? $", {ReportFormat.Number(perSecond)} downloads/s" : "")}.{memory}");
        }

        return new Conclusion(sentences.Count > 0 ? sentences : ["No case ran with more than one number of downloads, so growth cannot be told."], null);
    }

    private static double Cost(CaseAnalysis row) => row.Median!.Value / row.Row.Downloads;
}

using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>Whether the cost of a download, and memory, stay flat as downloads grow.</summary>
internal static class ScaleAnswer
{
    // A cost that differs by less over decades of downloads is called flat.
    private const double Flat = 1.25;

    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        foreach (var series in suite.Ran.GroupBy(row => row.FullName))
        {
            var few = series.MinBy(row => row.Row.Downloads)!;
            var many = series.MaxBy(row => row.Row.Downloads)!;
            if (few.Row.Downloads == many.Row.Downloads) continue;
            var growth = Cost(many) / Cost(few);
            var verdict = growth > Flat ? $"grew {Phrase.Number(growth)} times" : growth < 1 / Flat ? $"fell to {Phrase.Percent(growth)}" : "stayed flat";
            var memory = few.Row.PeakMemory is > 0 and var before && many.Row.PeakMemory is { } after
                ? $" Peak memory: {Phrase.Number(after / before)} times ({Phrase.Bytes(before)} to {Phrase.Bytes(after)})."
                : "";
            sentences.Add($"{series.Key}: the cost of a download {verdict} from {Phrase.Amount(few.Row.Downloads)} to {Phrase.Count(many.Row.Downloads, "download")} "
                + $"({Phrase.Number(1000 * Cost(few))} to {Phrase.Number(1000 * Cost(many))} µs){(many.DownloadsPerSecond is { } perSecond ? $", {Phrase.Number(perSecond)} downloads/s" : "")}.{memory}");
        }

        return new Answer(sentences.Count > 0 ? sentences : ["No case ran with more than one number of downloads, so growth cannot be told."], null);
    }

    private static double Cost(RowAnalysis row) => row.Median!.Value / row.Row.Downloads;
}

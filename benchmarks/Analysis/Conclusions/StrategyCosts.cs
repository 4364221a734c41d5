namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What strategies take of processor time and memory per download, beside the first of them, under the same conditions.</summary>
/// <remarks>What is called more or less differs by more than <see cref="ComparisonWithBest.TieMargin"/>, as the interval shows for all of
/// them at once; what is called the same lies within that margin on both sides, with its whole interval.</remarks>
/// <param name="suite">The suite.</param>
/// <param name="rows">Rows of as many downloads and workers; the first is the reference.</param>
public sealed class StrategyCosts(SuiteAnalysis suite, IReadOnlyList<CaseAnalysis> rows)
{
    private readonly CaseAnalysis _reference = rows[0];

    /// <summary>The rows.</summary>
    public IReadOnlyList<CaseAnalysis> Rows => rows;

    /// <summary>A sentence for each of the two figures, as far as they are known.</summary>
    public IEnumerable<string> Describe()
    {
        if (_reference.Figures.CpuMsPerDownload is { } cpu)
        {
            yield return $"{_reference.FullName} takes {ReportFormat.ThreeDigits(1000 * cpu)} µs of processor time for each of "
                + $"{ReportFormat.Pluralize(_reference.Result.Downloads, "download")}{Others(suite.ProcessorTimeRatio)}.";
        }

        if (_reference.Figures.AllocatedBytesPerDownload is { } allocated)
            yield return $"It allocates {ReportFormat.Bytes(allocated)} for each{Others(suite.AllocationRatio)}.";
    }

    /// <summary>"; more: Dataflow (+21.0 % ± 2.0); within 5 % of that: Channel and WhenAll".</summary>
    private string Others(Func<CaseAnalysis, CaseAnalysis, PairedRatio?> ratioOf)
    {
        var others = rows.Skip(1).Select(row => (Row: row, Ratio: ratioOf(row, _reference))).Where(other => other.Ratio is not null)
            .Select(other => (other.Row, Ratio: other.Ratio!)).ToLookup(other => CostJudgement.Judge(other.Ratio, rows.Count - 1));
        return string.Concat(
            List("more", CostVerdict.More, one => $"{one.Row.Name} ({Difference(one.Ratio)})"),
            List("less", CostVerdict.Less, one => $"{one.Row.Name} ({Difference(one.Ratio)})"),
            List($"within {ReportFormat.Percent(ComparisonWithBest.TieMargin)} of that", CostVerdict.Same, one => one.Row.Name),
            List("undecided", CostVerdict.Undecided, one => one.Row.Name));

        string List(string what, CostVerdict verdict, Func<(CaseAnalysis Row, PairedRatio Ratio), string> text)
        {
            string[] names = [.. others[verdict].OrderByDescending(one => one.Ratio.Value).Select(text)];
            return names.Length == 0 ? "" : $"; {what}: {ReportFormat.List(names)}";
        }
    }

    private static string Difference(PairedRatio ratio) =>
        ReportFormat.Slowdown(new ComparisonWithBest(ratio.Value - 1, ratio.Error, Standing.Undecided, null));
}

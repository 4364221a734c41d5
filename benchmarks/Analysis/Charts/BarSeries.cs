namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>One bar for each label of a chart.</summary>
/// <param name="Name">As the legend names it.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Values">A value per label; null for no bar.</param>
/// <param name="Texts">What stands at each bar.</param>
public sealed record BarSeries(string Name, SeriesStyle Style, IReadOnlyList<double?> Values, IReadOnlyList<string> Texts)
{
    /// <summary>A series over some rows.</summary>
    /// <param name="name">As the legend names it.</param>
    /// <param name="color">A colour of the palette.</param>
    /// <param name="rows">The rows, one for each label; null for a label without this bar.</param>
    /// <param name="value">The value of a row.</param>
    /// <param name="format">How a value is written.</param>
    public static BarSeries Create(
        string name, int color, IEnumerable<CaseAnalysis?> rows, Func<CaseAnalysis, double?> value, Func<double, string> format)
    {
        var values = rows.Select(row => row is null ? null : value(row)).ToArray();
        return new BarSeries(name, SeriesStyle.ForBars(color), values,
            [.. values.Select(number => number is { } known ? format(known) : "")]);
    }
}

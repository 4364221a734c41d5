namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>How a series looks: a colour of the page's palette, a symbol for its points, a dash for its line.</summary>
/// <param name="Color">The place in the palette, from 0 to <see cref="Colors"/> − 1; each is legible on light and on dark ground.</param>
/// <param name="Symbol">A marker of plotly.js; null for a line without points.</param>
/// <param name="Dash">A dash style of plotly.js; null for a series without a line.</param>
public sealed record SeriesStyle(int? Color, string? Symbol, string? Dash)
{
    /// <summary>How many colours the palette has.</summary>
    public const int Colors = 9;

    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down"];

    /// <summary>The style of a line: colours first; once they are used up, the same colours with other symbols. No two of the first 72
    /// share both.</summary>
    /// <param name="index">Which series, from 0.</param>
    /// <param name="kind">Decides the dash: dotted for the baseline, dashed for blocking strategies.</param>
    public static SeriesStyle ForLine(int index, StrategyKind kind) =>
        new(index % Colors, Symbols[(index % Colors + index / Colors) % Symbols.Length], DashOf(kind));

    /// <summary>The style of bars of a colour of the palette.</summary>
    public static SeriesStyle ForBars(int color) => new(color, "square", null);

    /// <summary>The style of a guide, in the quiet colour of the page's secondary text.</summary>
    public static SeriesStyle ForGuide(string dash) => new(null, null, dash);

    private static string DashOf(StrategyKind kind) => kind switch
    {
        StrategyKind.Sequential => "dot",
        StrategyKind.Blocking => "dash",
        _ => "solid",
    };
}

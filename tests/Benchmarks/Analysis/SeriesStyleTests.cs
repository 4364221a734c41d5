using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Analysis;

public sealed class SeriesStyleTests
{
    [Fact]
    public void No_two_of_many_strategies_look_alike_even_of_one_kind()
    {
        var styles = Enumerable.Range(0, 72).Select(index => SeriesStyle.ForLine(index, StrategyKind.Asynchronous)).ToArray();

        Assert.Equal(styles.Length, styles.Distinct().Count());
        Assert.All(styles, style => Assert.InRange(style.Color!.Value, 0, SeriesStyle.Colors - 1));
    }

    [Fact]
    public void The_page_has_a_colour_for_each_place_of_the_palette_in_light_and_in_dark()
    {
        using var reader = new StreamReader(typeof(HtmlView).Assembly.GetManifestResourceStream("Assets/report.css")!);
        var css = reader.ReadToEnd();

        Assert.All(Enumerable.Range(0, SeriesStyle.Colors), color => Assert.Equal(3, css.Split($"--s{color}:").Length));
    }
}

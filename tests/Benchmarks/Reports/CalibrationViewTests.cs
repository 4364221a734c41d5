using System.Net;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Tests.Support;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>The views of a calibration as text.</summary>
public sealed partial class CalibrationViewTests
{
    private const string Hostile = "</script><b>|`*_[red](y)\n# heading\u001b[31m";

    /// <summary>Each figure with its interval, as the sample has it.</summary>
    private static readonly string[] Figures =
    [
        "51.3 ms", "49.7 to 52.9 ms", "41.5 ms", "50.5 ms", "78.5 ms", "0.24", "93", "16", "15 to 17", "at least 14", "21.7 ms",
        "20.3 to 23.1 ms", "1.25 ms", "9.75 ms", "11.5 ms", "1.1 %", "0.2 % to 3.1 %", "HTTP/1.1",
    ];

    private static readonly string[] Predictions = ["25.6 s", "24.8 s to 26.9 s", "1.60 s", "1.55 s to 1.68 s", "500"];

    [Fact]
    public void Every_figure_and_prediction_is_in_every_view()
    {
        foreach (var (text, index) in TextOfAllViews(SampleCalibrations.Queue()).Select((text, index) => (text, index)))
        {
            // The screen has the figures that decide; the files have all.
            var figures = index < 2 ? Figures : [];
            Assert.All([.. figures, .. Predictions], figure => Assert.Contains(figure, text, StringComparison.Ordinal));
            Assert.Contains("api.example:8443", text, StringComparison.Ordinal);
            Assert.Contains("180 requests", text, StringComparison.Ordinal);
            Assert.Contains("The server serves 16 requests at once; others wait, at least 14 of them.", text, StringComparison.Ordinal);
            Assert.Contains(
                "Take 16 workers. The server serves 16 requests at once; more only wait.", text, StringComparison.Ordinal);
            Assert.Contains("The queue holds at least 14: whether it ends was not looked for.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_rate_comes_with_its_pace_and_the_wait_that_the_server_asks_for()
    {
        foreach (var text in TextOfAllViews(SampleCalibrations.Rate("host")))
        {
            Assert.Contains(
                "The server accepts 40.2 requests per second, 27 at once; it refuses others with 429.", text, StringComparison.Ordinal);
            Assert.All(["39.3 to 41.1", "3.00 s"], figure => Assert.Contains(figure, text, StringComparison.Ordinal));
            Assert.Contains("Take 4 workers, at most 38.25 requests per second. A reason: host", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Mechanism.None, "No limit was seen with up to 32 requests at once.")]
    [InlineData(Mechanism.Refusal, "The server serves 16 requests at once; it refuses others with 503.")]
    public void The_other_limits_are_named(Mechanism mechanism, string sentence)
    {
        var result = SampleCalibrations.Queue();

        Assert.Equal(sentence, CalibrationText.Findings(result with { Fit = result.Fit with { Mechanism = mechanism } }).First());
    }

    [Fact]
    public void The_files_show_what_was_seen_and_the_commands_that_follow()
    {
        foreach (var text in TextOfAllViews(SampleCalibrations.Queue()).Take(2))
        {
            Assert.Contains("robots.txt allows these paths.", text, StringComparison.Ordinal);
            Assert.Contains("179 succeeded, 1 failed", text, StringComparison.Ordinal);
            Assert.Contains("/b", text, StringComparison.Ordinal);
            Assert.Contains("12,345", text, StringComparison.Ordinal);
            Assert.Contains("downloader --workers 16 --retry 10 --input urls.txt", text, StringComparison.Ordinal);
            Assert.Contains("--scenario my-server.json", text, StringComparison.Ordinal);
            Assert.Contains("--check my-server.json --downloads 500 --workers 16", text, StringComparison.Ordinal);
        }

        Assert.Contains(
            "downloader --workers 4 --retry 10 --rate 38.25 --input",
            CalibrationMarkdownView.Render(SampleCalibrations.Rate("host"), "my-server.json"),
            StringComparison.Ordinal);
        Assert.Contains(
            "--scenario 'a b$(c).json'",
            CalibrationMarkdownView.Render(SampleCalibrations.Queue(), "a b$(c).json"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_paths_and_notes_stay_text_in_every_view()
    {
        var result = SampleCalibrations.Rate(Hostile);

        var html = CalibrationHtmlView.Render(result, Hostile);
        Assert.DoesNotContain("</script><b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html[..html.IndexOf("<script>", StringComparison.Ordinal)]);
        var markdown = CalibrationMarkdownView.Render(result, Hostile);
        Assert.DoesNotContain("\n# heading", markdown, StringComparison.Ordinal);
        // Its command lines are code, in which nothing is markup.
        var text = markdown.Split('\n').Where(line => !line.StartsWith("    dotnet", StringComparison.Ordinal));
        Assert.All(text, line => Assert.DoesNotContain("<b>", line, StringComparison.Ordinal));
        var console = RenderConsole(result, 400);
        Assert.Contains("[red](y)\\u000A# heading\\u001B[31m", console, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', console);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public void The_console_shows_it_on_half_a_screen(int width)
    {
        var lines = RenderConsole(SampleCalibrations.Queue(), width).TrimEnd().Split('\n');

        Assert.InRange(lines.Length, 8, 17);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Both_files_are_written_and_the_page_loads_nothing_from_any_network()
    {
        var folder = Directory.CreateTempSubdirectory("calibration");
        try
        {
            var stem = Path.Combine(folder.FullName, "new", "my-server");
            var paths = CalibrationReport.Write(SampleCalibrations.Queue(), stem);

            Assert.Equal([stem + ".html", stem + ".md"], paths);
            Assert.Equal(2, folder.GetFiles("*", SearchOption.AllDirectories).Length);
            var html = File.ReadAllText(paths[0]);
            Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
            Assert.DoesNotMatch("""<(script|img|link)[^>]*(src|href)=["']?https?:""", html);
            Assert.Contains("--scenario my-server.json", File.ReadAllText(paths[1]), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_charts_hold_the_fit_over_the_data_and_the_predictions_with_both_ends_of_their_intervals()
    {
        var result = SampleCalibrations.Queue();
        var charts = CalibrationCharts.Create(result).Cast<LineChart>().ToArray();

        Assert.Equal(4, charts.Length);
        // Quantiles: observed 41 to 70 ms, replayed 41.5 to 78.5 ms.
        Assert.Equal((41, 70), (charts[0].Series[0].Points[0].Y, charts[0].Series[0].Points[^1].Y));
        Assert.Equal((41.5, 78.5), (charts[0].Guides[0].Y[0], Math.Round(charts[0].Guides[0].Y[^1], 6)));
        // Throughput and median: a point for each level; the fit bends at the capacity.
        Assert.Equal([1, 2, 4, 8, 16, 32], charts[1].Series[0].Points.Select(point => point.X));
        Assert.Equal(16 / 51.3 * 1000, charts[1].Guides[0].Y[^1], 6);
        Assert.Equal(1 / 51.3 * 1000, charts[1].Guides[0].Y[0], 6);
        Assert.Equal((50.5, 101), (Math.Round(charts[2].Guides[0].Y[0], 6), Math.Round(charts[2].Guides[0].Y[^1], 6)));
        var one = charts[3].Series[0].Points[0];
        Assert.Equal((25.64, 1.29, 0.87), (one.Y, Math.Round(one.Error!.Value, 6), Math.Round(one.ErrorBelow!.Value, 6)));
        Assert.Equal(16, charts[3].Mark!.X);
    }

    [Fact]
    public void Without_levels_or_predictions_their_charts_are_left_out()
    {
        var result = SampleCalibrations.Queue();
        var bare = result with { Predictions = [], Fit = result.Fit with { Levels = [] } };

        Assert.Single(CalibrationCharts.Create(bare));
        Assert.NotEmpty(CalibrationHtmlView.Render(bare, "x.json"));
    }

    [Fact]
    public void Its_charts_are_pictures_too()
    {
        var pictures = PictureCatalogue.Create(SampleCalibrations.Queue(), "calibration");

        Assert.Equal(["calibration-1", "calibration-2", "calibration-3", "calibration-4"], pictures.Select(picture => picture.Name));
        Assert.Equal("Predicted makespan against workers, with 90 % intervals", pictures[3].Title);
        Assert.Contains("Take 16 workers.", pictures[0].AlternativeText, StringComparison.Ordinal);
    }

    /// <summary>What a reader sees of the HTML, the markdown and the console, in one line each.</summary>
    private static IEnumerable<string> TextOfAllViews(CalibrationResult result)
    {
        var html = CalibrationHtmlView.Render(result, "my-server.json");
        var main = html[html.IndexOf("<header>", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
        yield return Normalize(WebUtility.HtmlDecode(Tag().Replace(main, " ")));
        yield return Normalize(CalibrationMarkdownView.Render(result, "my-server.json").Replace("\\", "", StringComparison.Ordinal));
        yield return Normalize(RenderConsole(result, 120));
    }

    private static string Normalize(string text) => Space().Replace(text, " ");

    private static string RenderConsole(CalibrationResult result, int width) =>
        PlainConsole.Render(width, console => CalibrationConsoleView.Render(result, console));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Space();
}

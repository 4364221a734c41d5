using System.Text.RegularExpressions;
using System.Xml.Linq;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Pictures drawn in a real Chromium.</summary>
[Collection(TestCollections.Alone)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed partial class PictureTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        SkipWithoutChromium();
        var pictures = Draw(SampleRuns.Everything(), "first");

        Draw(SampleRuns.Everything(), "second");

        Assert.All(pictures.SelectMany(picture => Picture.Schemes.Select(picture.FileName)), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder, "first", file)),
            File.ReadAllBytes(Path.Combine(_folder, "second", file))));
    }

    [Fact]
    public void Every_row_is_a_point_and_every_series_is_named()
    {
        SkipWithoutChromium();
        var run = SampleRuns.CreateRun(SampleRuns.Strategies());

        Draw(run, "run");

        var picture = XElement.Load(Path.Combine(_folder, "run", "Strategies-light.svg"));
        Assert.Superset(
            run.Suites[0].Cases.Select(row => row.Strategy).ToHashSet(),
            picture.Descendants(Svg + "text").Select(text => text.Value).ToHashSet());
        // Filled paths that are moved to their place: a symbol for each row, and one for each name of the legend.
        var symbols = picture.Descendants(Svg + "path")
            .Where(path => path.Attribute("transform") is not null)
            .Count(path => $"{path.Attribute("style")}".Contains("fill: rgb", StringComparison.Ordinal));
        Assert.Equal(run.Suites[0].Cases.Count + run.Suites[0].Cases.Select(row => row.Strategy).Distinct().Count(), symbols);
    }

    [Fact]
    public void Every_request_of_both_rows_is_a_line_of_the_waterfall()
    {
        SkipWithoutChromium();
        var run = SampleRuns.CreateRun(SampleRuns.Strategies());
        var pair = WaterfallPair.Find(SampleRuns.Analyse(run).Suites[0].Rows)!;

        Draw(run, "run");

        var lines = XElement.Load(Path.Combine(_folder, "run", "Strategies-waterfall-light.svg")).Descendants(Svg + "path")
            .Where(path => $"{path.Attribute("style")}".Contains("stroke: rgb(0, 114, 178)", StringComparison.Ordinal))
            .Sum(path => MoveTo().Count($"{path.Attribute("d")}"));
        Assert.Equal(("ParallelForEachAsync", "ThreadPool"), (pair.Asynchronous.Name, pair.Starved.Name));
        Assert.Equal(pair.Rows.Sum(row => row.Result.Waterfall.Count), lines);
    }

    [Fact]
    public void Light_and_dark_differ_in_colours_alone()
    {
        SkipWithoutChromium();
        Draw(SampleRuns.CreateRun(SampleRuns.Capacity()), "run");

        var light = File.ReadAllText(Path.Combine(_folder, "run", "Capacity-light.svg"));
        var dark = File.ReadAllText(Path.Combine(_folder, "run", "Capacity-dark.svg"));
        Assert.NotEqual(light, dark);
        Assert.Equal(Colour().Replace(light, ""), Colour().Replace(dark, ""));
    }

    [Fact]
    public void A_hostile_name_is_only_text()
    {
        SkipWithoutChromium();
        var hostile = TextReportTests.WithHostileNames().Suites[0];
        Draw(SampleRuns.CreateRun(hostile with { Name = "Strategies" }), "run");

        Assert.All(Directory.EnumerateFiles(Path.Combine(_folder, "run")), path =>
            Assert.DoesNotContain(XElement.Load(path).Descendants(), element => element.Name.LocalName is "script" or "img" or "b"));
    }

    [Fact]
    public void A_calibration_is_drawn_as_its_report_shows_it()
    {
        SkipWithoutChromium();

        PictureWriter.Write(PictureCatalogue.Create(SampleCalibrations.Queue(), "calibration"), _folder);

        string[] expected = ["observed replayed", "fit seen", "fit seen", "recommended"];
        for (var chart = 1; chart <= expected.Length; chart++)
        {
            var texts = Texts(Path.Combine(_folder, $"calibration-{chart}-light.svg")).ToHashSet();
            Assert.Superset(expected[chart - 1].Split(' ').ToHashSet(), texts);
            Assert.True(File.Exists(Path.Combine(_folder, $"calibration-{chart}-dark.svg")));
        }
    }

    [Fact]
    public void A_committed_picture_says_what_the_committed_data_draw()
    {
        SkipWithoutChromium();
        var pictures = DocsCommand.CreatePictures(BuiltProgram.Root)
            .Where(picture => picture.Name.StartsWith("Strategies", StringComparison.Ordinal)).ToArray();
        PictureWriter.Write(pictures, _folder);

        // Places depend on the fonts of the machine; what is written and drawn does not.
        Assert.All(pictures.SelectMany(picture => Picture.Schemes.Select(picture.FileName)), file => Assert.Equal(
            Texts(Path.Combine(_folder, file)), Texts(Path.Combine(BuiltProgram.Root, DocsCommand.Pictures, file))));
    }

    [Fact]
    public void Without_a_browser_the_command_writes_the_other_reports_says_so_and_fails()
    {
        var report = Path.Combine(_folder, "report.json");
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Capacity()), report);

        var result = WithEnvironment(Chromium.Variable, "no-browser", () =>
            BuiltProgram.RunBenchmarks("report", report, "--pictures", _folder));

        Assert.Equal((1, "CHROMIUM is no-browser, which is not there."), (result.ExitCode, Assert.Single(result.Errors)));
        Assert.True(File.Exists(Path.Combine(_folder, "report.html")));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.svg"));
    }

    [Fact]
    public void Where_no_browser_is_on_PATH_the_error_names_the_remedy()
    {
        var error = WithEnvironment(Chromium.Variable, null, () => WithEnvironment("PATH", _folder, () =>
            Assert.Throws<PictureException>(() => Draw(SampleRuns.CreateRun(SampleRuns.Capacity()), "run"))));

        Assert.Equal(Chromium.Missing, error.Message);
    }

    private static T WithEnvironment<T>(string name, string? value, Func<T> function)
    {
        var old = Environment.GetEnvironmentVariable(name);
        try
        {
            Environment.SetEnvironmentVariable(name, value);
            return function();
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, old);
        }
    }

    private static void SkipWithoutChromium() => Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);

    private static IEnumerable<string> Texts(string path) => XElement.Load(path).Descendants(Svg + "text").Select(text => text.Value);

    private Picture[] Draw(RunResult run, string folder)
    {
        Picture[] pictures = [.. SampleRuns.Analyse(run).Suites.SelectMany(PictureCatalogue.Create)];
        PictureWriter.Write(pictures, Path.Combine(_folder, folder));
        return pictures;
    }

    [GeneratedRegex(@"rgba?\([^)]*\)|#[0-9a-f]{6}")]
    private static partial Regex Colour();

    [GeneratedRegex("M")]
    private static partial Regex MoveTo();
}

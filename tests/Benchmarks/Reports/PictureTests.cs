using System.Text.RegularExpressions;
using System.Xml.Linq;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Pictures drawn in a real Chromium.</summary>
[Collection(TestCollections.InBrowser)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed partial class PictureTests(DrawnPictures drawn) : IClassFixture<DrawnPictures>, IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One of each kind is drawn again, by another browser and among others.</summary>
    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        DrawnPictures.SkipWithoutChromium();
        var again = drawn.OfSuites.Reverse().DistinctBy(picture => $"{picture.Chart.GetProperty("$type")}").ToArray();

        PictureWriter.Write(again, _folder);

        Assert.Equal(["bar", "line", "waterfall"], again.Select(picture => $"{picture.Chart.GetProperty("$type")}").Order());
        Assert.All(again.SelectMany(picture => Picture.Schemes.Select(picture.FileName)), file => Assert.Equal(
            File.ReadAllBytes(drawn.PathOf(file)),
            File.ReadAllBytes(Path.Combine(_folder, file))));
    }

    [Fact]
    public void Every_row_is_a_point_and_every_series_is_named()
    {
        var rows = SampleRuns.Strategies().Cases;

        var picture = XElement.Load(drawn.PathOf("Strategies-light.svg"));
        Assert.Superset(
            rows.Select(row => row.Strategy).ToHashSet(),
            picture.Descendants(Svg + "text").Select(text => text.Value).ToHashSet());
        // Filled paths that are moved to their place: a symbol for each row, and one for each name of the legend.
        var symbols = picture.Descendants(Svg + "path")
            .Where(path => path.Attribute("transform") is not null)
            .Count(path => $"{path.Attribute("style")}".Contains("fill: rgb", StringComparison.Ordinal));
        Assert.Equal(rows.Count + rows.Select(row => row.Strategy).Distinct().Count(), symbols);
    }

    [Fact]
    public void Every_request_of_both_rows_is_a_line_of_the_waterfall()
    {
        var run = SampleRuns.CreateRun(SampleRuns.Strategies());
        var pair = WaterfallPair.Find(SampleRuns.Analyse(run).Suites[0].Rows)!;

        var lines = XElement.Load(drawn.PathOf("Strategies-waterfall-light.svg")).Descendants(Svg + "path")
            .Where(path => $"{path.Attribute("style")}".Contains("stroke: rgb(0, 114, 178)", StringComparison.Ordinal))
            .Sum(path => MoveTo().Count($"{path.Attribute("d")}"));
        Assert.Equal(("ParallelForEachAsync", "ThreadPool"), (pair.Asynchronous.Name, pair.Starved.Name));
        Assert.Equal(pair.Rows.Sum(row => row.Result.Waterfall.Count), lines);
    }

    [Fact]
    public void Light_and_dark_differ_in_colours_alone()
    {
        var light = File.ReadAllText(drawn.PathOf("Capacity-light.svg"));
        var dark = File.ReadAllText(drawn.PathOf("Capacity-dark.svg"));

        Assert.NotEqual(light, dark);
        Assert.Equal(Colour().Replace(light, ""), Colour().Replace(dark, ""));
    }

    [Fact]
    public void A_hostile_name_is_only_text()
    {
        Assert.NotEmpty(drawn.Hostile);
        Assert.All(drawn.Hostile.SelectMany(picture => Picture.Schemes.Select(picture.FileName)), file => Assert.DoesNotContain(
            XElement.Load(drawn.PathOf(file)).Descendants(), element => element.Name.LocalName is "script" or "img" or "b"));
    }

    [Fact]
    public void A_calibration_is_drawn_as_its_report_shows_it()
    {
        string[] expected = ["observed replayed", "fit seen", "fit seen", "recommended"];
        for (var chart = 1; chart <= expected.Length; chart++)
        {
            var texts = Texts(drawn.PathOf($"calibration-{chart}-light.svg")).ToHashSet();
            Assert.Superset(expected[chart - 1].Split(' ').ToHashSet(), texts);
            Assert.True(File.Exists(drawn.PathOf($"calibration-{chart}-dark.svg")));
        }
    }

    /// <summary>Places depend on the fonts of the machine; what is written and drawn does not.</summary>
    [Fact]
    public void A_committed_picture_says_what_the_committed_data_draw()
    {
        Assert.NotEmpty(drawn.Committed);
        Assert.All(drawn.Committed.SelectMany(picture => Picture.Schemes.Select(picture.FileName)), file => Assert.Equal(
            Texts(drawn.PathOf(file)),
            Texts(Path.Combine(BuiltProgram.Root, DocsCommand.Pictures, file[DrawnPictures.CommittedPrefix.Length..]))));
    }

    [Fact]
    public void Without_a_browser_the_command_writes_the_other_reports_says_so_and_fails()
    {
        // The one that is named, and those of PATH.
        AssertFails("CHROMIUM is no-browser, which is not there.", new() { [Chromium.Variable] = "no-browser" });
        AssertFails(Chromium.Missing, new() { [Chromium.Variable] = "", ["PATH"] = _folder });

        void AssertFails(string error, Dictionary<string, string> environment)
        {
            var report = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString())).FullName, "report.json");
            RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Capacity()), report);
            using var program = new RunningProgram(
                BuiltProgram.Benchmarks, ["report", report, "--pictures", _folder], environment: environment);

            var result = program.WaitForExit();

            Assert.Equal((1, error), (result.ExitCode, Assert.Single(result.Errors)));
            Assert.True(File.Exists(Path.ChangeExtension(report, ".html")));
            Assert.Empty(Directory.EnumerateFiles(_folder, "*.svg"));
        }
    }

    private static IEnumerable<string> Texts(string path) => XElement.Load(path).Descendants(Svg + "text").Select(text => text.Value);

    [GeneratedRegex(@"rgba?\([^)]*\)|#[0-9a-f]{6}")]
    private static partial Regex Colour();

    [GeneratedRegex("M")]
    private static partial Regex MoveTo();
}

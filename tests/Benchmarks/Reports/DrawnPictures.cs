using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Pictures of several runs, drawn by one Chromium when a test first asks for one.</summary>
public sealed class DrawnPictures : IDisposable
{
    /// <summary>What the names of the pictures of the committed data begin with.</summary>
    public const string CommittedPrefix = "committed-";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pictures");
    private readonly Lazy<IReadOnlyList<string>> _files;

    public DrawnPictures()
    {
        var hostile = TextReportTests.WithHostileNames().Suites[0];
        OfSuites = [.. SampleRuns.Analyse(SampleRuns.Everything()).Suites.SelectMany(PictureCatalogue.Create)];
        Hostile = Rename("hostile-", SampleRuns.Analyse(SampleRuns.CreateRun(hostile with { Name = "Strategies" })).Suites
            .SelectMany(PictureCatalogue.Create));
        Committed = Rename(CommittedPrefix, DocsCommand.CreatePictures(BuiltProgram.Root)
            .Where(picture => picture.Name.StartsWith("Strategies", StringComparison.Ordinal)));
        var calibration = PictureCatalogue.Create(SampleCalibrations.Queue(), "calibration");
        _files = new(() => PictureWriter.Write([.. OfSuites, .. Hostile, .. Committed, .. calibration], _folder.FullName));
    }

    /// <summary>Those of the sample suites.</summary>
    public IReadOnlyList<Picture> OfSuites { get; }

    /// <summary>Those of a suite whose names are hostile.</summary>
    public IReadOnlyList<Picture> Hostile { get; }

    /// <summary>Those of the committed data.</summary>
    public IReadOnlyList<Picture> Committed { get; }

    public static void SkipWithoutChromium() => Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);

    /// <summary>The path of a drawn picture, or a skipped test that says why.</summary>
    public string PathOf(string file)
    {
        SkipWithoutChromium();
        Assert.Contains(file, _files.Value);
        return Path.Combine(_folder.FullName, file);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Picture[] Rename(string prefix, IEnumerable<Picture> pictures) =>
        [.. pictures.Select(picture => picture with { Name = prefix + picture.Name })];
}

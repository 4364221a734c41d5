using System.Globalization;
using System.Xml.Linq;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>The pictures of docs/pictures are drawn from the data of docs/results.</summary>
public sealed class CommittedPicturesTests
{
    private const string Cure = "Draw them again: dotnet run -c Release --project benchmarks -- docs";
    private const int MaxBytes = 60_000;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string Folder = Path.Combine(BuiltProgram.Root, DocsCommand.Pictures);

    private static IReadOnlyList<Picture> Pictures { get; } = [.. DocsCommand.CreatePictures(BuiltProgram.Root)];

    [Fact]
    public void There_is_a_picture_of_every_chart_in_both_schemes_and_no_other() => Assert.Equal(
        Pictures.SelectMany(picture => Picture.Schemes.Select(picture.FileName)).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_picture_carries_the_hash_of_the_data_it_is_drawn_from(string name, string scheme)
    {
        var picture = Pictures.Single(one => one.Name == name);

        Assert.True(ReadElement(picture, scheme, "metadata") == picture.DataHash,
            $"{picture.FileName(scheme)} is not drawn from the data of docs/results. {Cure}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_picture_states_its_finding_and_is_small_and_legible(string name, string scheme)
    {
        var picture = Pictures.Single(one => one.Name == name);

        Assert.Equal(picture.Title, ReadElement(picture, scheme, "title"));
        Assert.Equal(picture.AlternativeText, ReadElement(picture, scheme, "desc"));
        Assert.InRange(new FileInfo(PathOf(picture, scheme)).Length, 1_000, MaxBytes);
        Assert.All(FontSizesAt400Pixels(picture, scheme), size => Assert.InRange(size, 9.9, 16));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_text_in_a_bar_begins_in_the_bar(string name, string scheme)
    {
        // A bar begins at 0 of its group, and its text is placed by its middle: 11 pixels high, so that a character takes about 5.5.
        var texts = Read(Pictures.Single(one => one.Name == name), scheme).Descendants(Svg + "g")
            .Where(group => group.Elements().Select(element => element.Name).SequenceEqual([Svg + "path", Svg + "text"]))
            .Select(group => group.Element(Svg + "text")!);

        Assert.All(texts, text => Assert.True(MiddleOf(text) > 5.5 / 2 * text.Value.Length, $"{text.Value} begins left of its bar."));
    }

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var picture in Pictures)
        {
            foreach (var scheme in Picture.Schemes) files.Add(picture.Name, scheme);
        }

        return files;
    }

    private static string ReadElement(Picture picture, string scheme, string name) =>
        Read(picture, scheme).Elements().Single(element => element.Name.LocalName == name).Value;

    private static IEnumerable<double> FontSizesAt400Pixels(Picture picture, string scheme)
    {
        var root = Read(picture, scheme);
        var scale = 400 / double.Parse(root.Attribute("viewBox")!.Value.Split(' ')[2]);
        return root.Descendants(Svg + "text").Select(text => scale * FontSize(text));
    }

    private static double MiddleOf(XElement text) =>
        double.Parse(text.Attribute("transform")!.Value["translate(".Length..].Split(',')[0], CultureInfo.InvariantCulture);

    private static double FontSize(XElement text) => double.Parse(text.Attribute("style")!.Value.Split(';')
        .Select(declaration => declaration.Split(':', StringSplitOptions.TrimEntries))
        .Single(declaration => declaration[0] == "font-size")[1].Replace("px", "", StringComparison.Ordinal));

    private static XElement Read(Picture picture, string scheme) => XElement.Load(PathOf(picture, scheme));

    private static string PathOf(Picture picture, string scheme) => Path.Combine(Folder, picture.FileName(scheme));
}

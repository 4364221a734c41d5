using System.CommandLine;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>docs</c>: writes the results in README.md and the pages of docs, the pictures and the schemas of the files, from the data of
/// runs.</summary>
public static partial class DocsCommand
{
    /// <summary>Where the schema is committed, from the root of the repository.</summary>
    public const string SchemaPath = "docs/report.schema.json";

    /// <summary>Where the schema of scenario files is committed, from the root of the repository.</summary>
    public const string ScenarioSchemaPath = "docs/scenario.schema.json";

    private const string Data = "docs/results";
    private static readonly string[] Pages = ["README.md", "docs/suites.md", "docs/report.md", "docs/how-many-workers.md"];

    /// <summary>The folder of the committed pictures.</summary>
    public const string Pictures = "docs/pictures";

    /// <summary>The command, to be added to the root.</summary>
    internal static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "report.json of runs whose suites replace the committed ones.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "docs", $"Write the results in {string.Join(", ", Pages)}, and the pictures, from the runs in FILE.") { files };
        command.SetAction(result => Execute(Path.GetFullPath(Path.Combine(BuildPaths.Project, "..")), result.GetValue(files) ?? []));
        return command;
    }

    /// <summary>Commits the suites of some runs, writes the pages and draws the pictures.</summary>
    /// <exception cref="InvalidRunException">A file cannot be used.</exception>
    /// <exception cref="PictureException">The pictures cannot be drawn; the pages are written by then.</exception>
    private static void Execute(string root, IReadOnlyList<string> files)
    {
        Directory.CreateDirectory(Path.Combine(root, Data));
        foreach (var run in files.Select(RunResultFile.Read))
        {
            foreach (var suite in run.Suites) RunResultFile.Write(Reduce(run, suite), DataPath(root, suite.Name));
        }

        foreach (var page in UpdatePages(root)) File.WriteAllText(page.Path, page.Updated);
        File.WriteAllText(Path.Combine(root, SchemaPath), CreateSchema());
        File.WriteAllText(Path.Combine(root, ScenarioSchemaPath), ScenarioFile.CreateSchema());
        var folder = Path.Combine(root, Pictures);
        var written = PictureWriter.Write([.. CreatePictures(root)], folder);
        foreach (var old in Directory.EnumerateFiles(folder).Where(path => !written.Contains(Path.GetFileName(path)))) File.Delete(old);
    }

    /// <summary>The pages as they are and as the committed data make them.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <exception cref="InvalidRunException">A page asks for a result or a picture that there is not.</exception>
    public static IEnumerable<(string Path, string Current, string Updated)> UpdatePages(string root) =>
        from name in Pages
        let path = Path.Combine(root, name)
        let page = File.ReadAllText(path)
        let pictures = Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(root, Pictures)).Replace('\\', '/')
        select (path, page, DocumentedResults.Update(page, pictures, suite => Analyse(ReadData(root, suite))));

    /// <summary>The pictures of the committed data.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IEnumerable<Picture> CreatePictures(string root) =>
        from path in Directory.EnumerateFiles(Path.Combine(root, Data), "*.json").Order(StringComparer.Ordinal)
        from suite in Analyse(RunResultFile.Read(path)).Suites
        from picture in PictureCatalogue.Create(suite)
        select picture;

    /// <summary>The JSON Schema of report.json.</summary>
    public static string CreateSchema()
    {
        Type[] types = [typeof(RunResult), typeof(ScenarioFile)];
        return RunResultSchema.Create(types.Select(type =>
            XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{type.Assembly.GetName().Name}.xml"))));
    }

    /// <summary>The committed run of a suite.</summary>
    /// <exception cref="InvalidRunException">There is none.</exception>
    public static RunResult ReadData(string root, string suite) => RunResultFile.Read(DataPath(root, suite));

    private static RunAnalysis Analyse(RunResult run) => RunAnalysis.Create(run, SuiteCatalogue.Find);

    private static string DataPath(string root, string suite) => Path.Combine(root, Data, $"{suite}.json");

    /// <summary>One suite, without the waterfalls that no picture shows, and without the folder of the machine it was written
    /// to.</summary>
    private static RunResult Reduce(RunResult run, SuiteResult suite)
    {
        var drawn = WaterfallPair.Find(SuiteAnalysis.AnalyseRows(suite))?.Rows.Select(row => row.Index).ToArray() ?? [];
        return run with
        {
            Suites =
            [
                suite with
                {
                    Cases = [.. suite.Cases.Select((one, index) => drawn.Contains(index) ? one : one with { Waterfall = [] })],
                },
            ],
            Command = ArtifactsOption().Replace(run.Command, ""),
            Files = [],
            PlannedCases = suite.Cases.Count,
        };
    }

    [GeneratedRegex(" --artifacts ('[^']*'|[^ ]*)")]
    private static partial Regex ArtifactsOption();
}

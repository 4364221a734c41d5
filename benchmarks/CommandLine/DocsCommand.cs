using System.CommandLine;
using System.Xml.Linq;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>docs</c>: writes the results in README.md and docs/suites.md from the data of runs, and the schema of these.</summary>
public static class DocsCommand
{
    /// <summary>Where the schema is committed, from the root of the repository.</summary>
    public const string SchemaPath = "docs/report.schema.json";

    private const string Data = "docs/results";
    private static readonly string[] Pages = ["README.md", "docs/suites.md"];

    /// <summary>The command, to be added to the root.</summary>
    internal static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "report.json of runs whose suites replace the committed ones.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("docs", "Write the results in README.md and docs/suites.md from the runs in FILE.") { files };
        command.SetAction(result => Execute(Path.GetFullPath(Path.Combine(BuildPaths.Project, "..")), result.GetValue(files) ?? []));
        return command;
    }

    /// <summary>Commits the suites of some runs and writes the pages.</summary>
    /// <exception cref="InvalidRunException">A file cannot be used.</exception>
    private static void Execute(string root, IReadOnlyList<string> files)
    {
        Directory.CreateDirectory(Path.Combine(root, Data));
        foreach (var run in files.Select(RunResultFile.Read))
        {
            foreach (var suite in run.Suites) RunResultFile.Write(Reduce(run, suite), DataPath(root, suite.Name));
        }

        foreach (var page in UpdatePages(root)) File.WriteAllText(page.Path, page.Updated);
        File.WriteAllText(Path.Combine(root, SchemaPath), CreateSchema());
    }

    /// <summary>The pages as they are and as the committed data make them.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IEnumerable<(string Path, string Current, string Updated)> UpdatePages(string root) =>
        from name in Pages
        let path = Path.Combine(root, name)
        let page = File.ReadAllText(path)
        select (path, page, DocumentedResults.Update(page, suite => RunAnalysis.Create(ReadData(root, suite), SuiteCatalogue.Find)));

    /// <summary>The JSON Schema of report.json.</summary>
    public static string CreateSchema()
    {
        var assembly = typeof(RunResult).Assembly.GetName().Name;
        return RunResultSchema.Create(XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")));
    }

    /// <summary>The committed run of a suite.</summary>
    /// <exception cref="InvalidRunException">There is none.</exception>
    public static RunResult ReadData(string root, string suite) => RunResultFile.Read(DataPath(root, suite));

    private static string DataPath(string root, string suite) => Path.Combine(root, Data, $"{suite}.json");

    /// <summary>One suite, without its waterfalls, which no page shows.</summary>
    private static RunResult Reduce(RunResult run, SuiteResult suite) => run with
    {
        Suites = [suite with { Cases = [.. suite.Cases.Select(one => one with { Waterfall = [] })] }],
        Files = [],
        PlannedCases = suite.Cases.Count,
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Reports;
using Downloader.Tests.Support;
using Json.Schema;

namespace Downloader.Tests.Docs;

/// <summary>The committed schema describes what is written, and accepts nothing that cannot be read.</summary>
public sealed class ReportSchemaTests : IDisposable
{
    private static readonly string SchemaText = File.ReadAllText(Path.Combine(BuiltProgram.Root, DocsCommand.SchemaPath));
    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("schema");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_made_from_the_types_that_are_written() => Assert.True(
        SchemaText == DocsCommand.CreateSchema(),
        $"{DocsCommand.SchemaPath} is not that of the code. Write it: dotnet run -c Release --project benchmarks -- docs");

    [Fact]
    public void Every_field_has_a_description()
    {
        var undescribed = FindProperties(JsonNode.Parse(SchemaText)!, "").Where(property => !property.Schema.ContainsKey("description"));

        Assert.Equal([], undescribed.Select(property => property.Path));
    }

    [Theory]
    [MemberData(nameof(CommittedFiles))]
    public void The_committed_data_follow_it(string file) =>
        Assert.True(IsValid(File.ReadAllText(Path.Combine(BuiltProgram.Root, "docs", "results", file))));

    [Fact]
    public void A_run_with_everything_in_it_follows_it() => Assert.True(IsValid(Write(SampleRuns.Everything() with
    {
        Calibration = new("api.example", new DateOnly(2026, 11, 28), 280, "queue", 24, [new(16, 200, 1234.5, 1200, 1300)], 38.5),
    })));

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2")]
    [InlineData("\"makespanMs\": ", "\"makespanMs\": \"fast\", \"was\": ")]
    [InlineData("\"makespanMs\": ", "\"makespan\": ")]
    [InlineData("\"kind\": \"Asynchronous\"", "\"kind\": \"Magic\"")]
    [InlineData("\"page\": \"Dice\"", "\"page\": \"Page\"")]
    [InlineData("\"suites\": ", "\"suite\": ")]
    public void What_cannot_be_read_does_not_follow_it(string text, string replacement)
    {
        var broken = Write(SampleRuns.Everything()).Replace(text, replacement, StringComparison.Ordinal);
        var path = Path.Combine(_folder.FullName, "broken.json");
        File.WriteAllText(path, broken);

        Assert.Throws<InvalidRunException>(() => RunResultFile.Read(path));
        Assert.False(IsValid(broken));
    }

    public static TheoryData<string> CommittedFiles() =>
        [.. Directory.EnumerateFiles(Path.Combine(BuiltProgram.Root, "docs", "results")).Select(path => Path.GetFileName(path))];

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private string Write(RunResult run)
    {
        var path = Path.Combine(_folder.FullName, "report.json");
        RunResultFile.Write(run, path);
        return File.ReadAllText(path);
    }

    private static IEnumerable<(string Path, JsonObject Schema)> FindProperties(JsonNode node, string path)
    {
        if (node is not JsonObject schema) yield break;
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            yield return ($"{path}/{name}", property as JsonObject ?? []);
            foreach (var inner in FindProperties(property!, $"{path}/{name}")) yield return inner;
        }

        if (schema["items"] is not { } items) yield break;
        foreach (var inner in FindProperties(items, $"{path}[]")) yield return inner;
    }
}

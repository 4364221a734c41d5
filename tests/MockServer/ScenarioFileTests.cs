using System.Text.Json;
using Downloader.Benchmarks.CommandLine;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using Json.Schema;

namespace Downloader.Tests.MockServer;

/// <summary>Scenario files: what is written can be read and follows the committed schema, and each kind of bad file is one clear
/// line.</summary>
public sealed class ScenarioFileTests : IDisposable
{
    private static readonly string SchemaText = File.ReadAllText(Path.Combine(BuiltProgram.Root, DocsCommand.ScenarioSchemaPath));
    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);

    private static readonly Scenario Everything = ScenarioOptions.Parse(
        [
            "--latency-quantiles", "10,20.5,30,31,400", "--seed", "9", "--connect-latency", "1.5", "--payload", "10,20",
            "--pages", "/a?x=1=500,/b%2Cc=0", "--capacity", "16", "--queue", "4", "--rate-limit", "2.5", "--rate-burst", "7",
            "--retry-after", "2", "--fault-share", "0.25", "--faults", "reset,server-error", "--protocol", "https",
        ],
        new Scenario());

    private static readonly CalibrationSummary Calibration = new(
        "api.example:8443", new DateOnly(2026, 11, 28), 300, "queue", 24,
        [new(16, 200, 1234.5, 1200, 1300), new(24, 200, 900, 880.25, 950)], 38.5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenario");

    private string FilePath => Path.Combine(_folder.FullName, "my.json");

    public static TheoryData<string> Scenarios() =>
    [
        "--latency 50", "--latency 0", "--latency 5 --latency-jitter 3", "--latency 5 --latency-p99 50", "--latency 5 --capacity 3",
        "--latency 1 --rate-limit 0.001", "--latency 3 --seed -5 --protocol http2", "--latency-quantiles 0.001,600000",
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_written_scenario_is_read_back_and_follows_the_schema(string options)
    {
        var file = new ScenarioFile(ScenarioOptions.Parse(options.Split(' '), new Scenario()), Calibration: null);

        file.Write(FilePath);

        Assert.Equal(file, ScenarioFile.Read(FilePath));
        Assert.True(IsValid(File.ReadAllText(FilePath)));
    }

    [Fact]
    public void Every_field_is_read_back_with_its_calibration_and_the_folder_has_no_other_file()
    {
        File.WriteAllText(FilePath, "an older file");
        new ScenarioFile(Everything, Calibration).Write(FilePath);
        var read = ScenarioFile.Read(FilePath);

        Assert.Equal(Everything, read.Scenario);
        Assert.Equivalent(Calibration, read.Calibration, strict: true);
        Assert.True(IsValid(File.ReadAllText(FilePath)));
        Assert.Equal([FilePath], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void An_invalid_scenario_is_not_written()
    {
        Assert.Throws<ScenarioException>(() => new ScenarioFile(new Scenario { Queue = 3 }, null).Write(FilePath));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_file_that_cannot_be_put_in_place_leaves_none_half_written()
    {
        Directory.CreateDirectory(FilePath);
        Assert.ThrowsAny<SystemException>(() => new ScenarioFile(new Scenario(), null).Write(FilePath));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void The_committed_schema_is_that_of_the_code() => Assert.True(
        SchemaText == ScenarioFile.CreateSchema(),
        $"{DocsCommand.ScenarioSchemaPath} is not that of the code. Write it: dotnet run -c Release --project benchmarks -- docs");

    /// <summary>What is wrong with the text by its type or range is wrong by the schema too.</summary>
    [Theory]
    [InlineData("""{"scenario": {"latency": 5}}""",
        "scenario.latency 5: is no field of a scenario; must be one of latencyMs, latencyJitterMs")]
    [InlineData("""{"scenario": {"latencyMs": "5"}}""",
        "scenario.latencyMs \"5\": must be a number of milliseconds between 0 and 600000")]
    [InlineData("""{"scenario": {"latencyMs": null}}""",
        "scenario.latencyMs null: must be a number of milliseconds between 0 and 600000")]
    [InlineData("""{"scenario": {"latencyMs": -1}}""", "scenario.latencyMs -1: must be a number of milliseconds between 0 and 600000")]
    [InlineData("""{"scenario": {"latencyMs": 1e400}}""",
        "scenario.latencyMs 1e400: must be a number of milliseconds between 0 and 600000")]
    [InlineData("""{"scenario": {"seed": 1.5}}""", "scenario.seed 1.5: must be a whole number between -2147483648 and 2147483647")]
    [InlineData("""{"scenario": {"latencyQuantilesMs": 5}}""",
        "scenario.latencyQuantilesMs 5: must be an array, 2 to 1001 numbers of milliseconds, each between 0.001 and 600000")]
    [InlineData("""{"scenario": {"latencyQuantilesMs": [5, 0, 7]}}""",
        "scenario.latencyQuantilesMs[1] 0: must be an array, 2 to 1001 numbers of milliseconds")]
    [InlineData("""{"scenario": {"latencyQuantilesMs": [5]}}""", "scenario.latencyQuantilesMs [5]: must be an array, 2 to 1001 numbers")]
    [InlineData("""{"scenario": {"payloadBytes": [1, 2, 3]}}""",
        "scenario.payloadBytes [1, 2, 3]: must be an array, the sizes of /jython and /dice in bytes")]
    [InlineData("""{"scenario": {"faults": ["fire"]}}""", "scenario.faults[0] \"fire\": must be an array, one or more of reset, empty")]
    [InlineData("""{"scenario": {"protocol": "http3"}}""", "scenario.protocol \"http3\": must be one of http1, http2, https")]
    [InlineData("""{"scenario": {"pages": [{"path": "/a", "bytes": 1}, {"path": "b", "bytes": 1}]}}""",
        "scenario.pages[1] {\"path\": \"b\", \"bytes\": 1}: must be an array, 1 to 200 pages")]
    [InlineData("""{"scenario": {"pages": [{"path": "/a", "bytes": -1}]}}""",
        "scenario.pages[0] {\"path\": \"/a\", \"bytes\": -1}: must be")]
    [InlineData("""{"scenario": {"pages": [{"path": "/a", "bytes": 1, "was": 2}]}}""", "scenario.pages[0]")]
    [InlineData("""{"scenario": {"pages": []}}""", "scenario.pages []: must be an array, 1 to 200 pages")]
    [InlineData("""{"scenario": {"queue": 3}}""", "scenario.queue 3: needs capacity; without it no request waits")]
    [InlineData("""{"scenario": {"rateBurst": 3}}""", "scenario.rateBurst 3: needs rateLimitPerSecond, at which the tokens come")]
    [InlineData("""{"scenario": {"latencyMs": 3, "latencyQuantilesMs": [1, 2]}}""",
        "scenario.latencyMs 3: cannot be combined with latencyQuantilesMs, whose median is the latency")]
    [InlineData("""{"scenario": {"latencyJitterMs": 1, "latencyQuantilesMs": [1, 2]}}""",
        "scenario.latencyJitterMs 1: cannot be combined with latencyQuantilesMs, which has all of the distribution")]
    [InlineData("""{"scenario": 5}""", "scenario 5: must be an object, a scenario with latencyMs")]
    [InlineData("""[1]""", "[1]: must be an object, a scenario file with scenario, calibration")]
    [InlineData("""{}""", "scenario: is missing; must be an object with the conditions")]
    [InlineData("""{"scenaro": {}}""", "scenaro {}: is no field of a scenario file; must be one of scenario, calibration")]
    [InlineData("""{"scenario": {}, "calibration": {"source": "a"}}""",
        "calibration.date: is missing; a calibration has source, date, requests, mechanism, recommendedWorkers")]
    public void A_bad_field_is_one_line_with_file_field_value_and_what_it_takes(string json, string expected)
    {
        AssertRefused(json, expected);
        Assert.False(IsValid(json));
    }

    /// <summary>The schema cannot say these.</summary>
    [Theory]
    [InlineData("""{"scenario": {"latencyQuantilesMs": [5, 4]}}""",
        "scenario.latencyQuantilesMs [5, 4]: must be an array, 2 to 1001 numbers of milliseconds")]
    [InlineData("""{"scenario": {"latencyMs": 5, "latencyJitterMs": 80}}""",
        "scenario.latencyJitterMs 80: must be between 0 and latencyMs, which is 5")]
    [InlineData("""{"scenario": {"pages": [{"path": "/a", "bytes": 1}, {"path": "/%61", "bytes": 2}]}}""", "scenario.pages [")]
    [InlineData("""{"scenario": {"pages": [{"path": "/a", "bytes": 60000000}, {"path": "/b", "bytes": 60000000}]}}""", "scenario.pages [")]
    [InlineData("""{"scenario": {"pages": [{"path": "/_control/run", "bytes": 1}]}}""", "scenario.pages[0] {")]
    public void Values_that_do_not_fit_each_other_are_one_line_too(string json, string expected) => AssertRefused(json, expected);

    [Theory]
    [InlineData("\"source\": \"a.example\"", "\"source\": \" \"", "calibration.source \" \": must be text of 1 to 300 characters")]
    [InlineData("\"date\": \"2026-11-28\"", "\"date\": \"28.11.2026\"", "calibration.date \"28.11.2026\": must be a date")]
    [InlineData("\"mechanism\": \"none\"", "\"mechanism\": \"magic\"",
        "calibration.mechanism \"magic\": must be one of none, queue, refusal, rate")]
    [InlineData("\"recommendedWorkers\": 4", "\"recommendedWorkers\": 0",
        "calibration.recommendedWorkers 0: must be a whole number between 1 and 10000")]
    [InlineData("\"lowMs\": 8,", "", "calibration.predictions[0].lowMs: is missing; a prediction has workers, downloads, makespanMs")]
    [InlineData("\"lowMs\": 8", "\"lowMs\": \"8\"", "calibration.predictions[0].lowMs \"8\": must be a number between 0 and 1000000000")]
    [InlineData("\"predictions\": [", "\"predictions\": 1, \"was\": [", "calibration.was [")]
    public void A_bad_field_of_the_calibration_is_named_in_the_same_way(string text, string replacement, string expected)
    {
        const string Json = """
            {"scenario": {}, "calibration": {"source": "a.example", "date": "2026-11-28", "requests": 9, "mechanism": "none",
            "recommendedWorkers": 4, "predictions": [{"workers": 1, "downloads": 2, "makespanMs": 9, "lowMs": 8, "highMs": 10}]}}
            """;
        File.WriteAllText(FilePath, Json);
        Assert.Equal(4, ScenarioFile.Read(FilePath).Calibration!.RecommendedWorkers);
        AssertRefused(Json.Replace(text, replacement, StringComparison.Ordinal), expected);
    }

    [Theory]
    [InlineData("", "is empty; must be a scenario in JSON")]
    [InlineData(" \n", "is empty; must be a scenario in JSON")]
    [InlineData("{\"scenario\": {\"latencyMs\": 5}", "is no JSON: ")]
    [InlineData("latency: 5", "is no JSON: ")]
    [InlineData("{\"scenario\": {\"seed\": 5, \"seed\": 6}}", "is no JSON: ")]
    public void A_file_that_is_no_JSON_is_one_line(string text, string expected) => AssertRefused(text, expected);

    [Fact]
    public void A_missing_file_a_folder_and_a_file_that_is_too_large_are_one_line()
    {
        Assert.Equal($"{FilePath}: there is no such file; must be a scenario in JSON", ReadError());
        File.WriteAllText(FilePath, new string(' ', ScenarioFile.MaxBytes + 1));
        Assert.Equal($"{FilePath}: has 1000001 bytes; must have at most 1000000", ReadError());
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        Assert.StartsWith($"{FilePath}: cannot be read: ", ReadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_number_may_be_written_as_JSON_writes_numbers()
    {
        File.WriteAllText(FilePath, """{"scenario": {"seed": 5.0, "capacity": 1e2, "latencyMs": 2.50}}""");
        var expected = new Scenario { Seed = 5, Capacity = 100, Latency = TimeSpan.FromMilliseconds(2.5) };
        Assert.Equal(expected, ScenarioFile.Read(FilePath).Scenario);
    }

    private void AssertRefused(string text, string expected)
    {
        File.WriteAllText(FilePath, text);
        var error = ReadError();
        Assert.StartsWith($"{FilePath}: {expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain(error, char.IsControl);
    }

    private string ReadError() => Assert.Throws<ScenarioException>(() => ScenarioFile.Read(FilePath)).Message;

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}

using System.Text.Json.Nodes;

namespace Downloader.MockServer.Client;

/// <summary>The JSON Schema of a scenario file.</summary>
internal static class ScenarioSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Create() => new()
    {
        ["$schema"] = Dialect,
        ["title"] = "scenario file",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["scenario"] = Describe(
                "The conditions that the mock server imposes. A field that is missing has its default.", CreateScenario()),
            ["calibration"] = Describe("Where the scenario came from, if it was learnt from a real server.", CreateCalibration()),
        },
        ["required"] = new JsonArray("scenario"),
        ["additionalProperties"] = false,
    };

    private static JsonObject CreateScenario()
    {
        var properties = new JsonObject();
        foreach (var definition in ScenarioOptionDefinitions.All)
            properties[definition.Field] = Describe(NameFields(definition), definition.Json.CreateSchema());
        var quantiles = ScenarioOptionDefinitions.Get("--latency-quantiles").Field;
        string[] others = ["--latency", "--latency-jitter", "--latency-p99"];
        var schema = CreateObject(properties, []);
        schema["dependentRequired"] = new JsonObject
        {
            ["queue"] = new JsonArray("capacity"),
            ["rateBurst"] = new JsonArray("rateLimitPerSecond"),
        };
        schema["not"] = new JsonObject
        {
            ["required"] = new JsonArray(quantiles),
            ["anyOf"] = new JsonArray(
            [
                .. others.Select(name => (JsonNode)new JsonObject
                {
                    ["required"] = new JsonArray(ScenarioOptionDefinitions.Get(name).Field),
                }),
            ]),
        };
        return schema;
    }

    /// <summary>The option's description, with the names of fields.</summary>
    private static string NameFields(ScenarioOptionDefinition definition)
    {
        var text = $"{definition.Description}: {definition.AllowedValues}.";
        return ScenarioOptionDefinitions.All.OrderByDescending(other => other.Name.Length)
            .Aggregate(text, (named, other) => named.Replace(other.Name, other.Field, StringComparison.Ordinal));
    }

    private static JsonObject CreateCalibration() => CreateObject(
        new JsonObject
        {
            ["source"] = Describe("The host that was watched, or the file that was read.",
                new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = ScenarioFileReader.MaxSourceCharacters }),
            ["date"] = Describe(
                "The day of the calibration.", new JsonObject { ["type"] = "string", ["pattern"] = "^\\d{4}-\\d{2}-\\d{2}$" }),
            ["requests"] = Describe("How many requests were seen.", Number("integer", 0, ScenarioFileReader.MaxCount)),
            ["mechanism"] = Describe("What limits the server.",
                new JsonObject { ["enum"] = new JsonArray([.. CalibrationSummary.Mechanisms.Select(name => (JsonNode)name)]) }),
            ["recommendedWorkers"] = Describe("How many workers to use.", Number("integer", 1, 10_000)),
            ["recommendedRatePerSecond"] = Describe("How many requests per second to send, where the rate is the limit.",
                Number("number", 0.001, 1_000_000)),
            ["predictions"] = Describe("How long downloads from the server will take.", new JsonObject
            {
                ["type"] = "array",
                ["items"] = CreatePrediction(),
                ["maxItems"] = ScenarioFileReader.MaxPredictions,
            }),
        },
        ["source", "date", "requests", "mechanism", "recommendedWorkers"]);

    private static JsonObject CreatePrediction()
    {
        const int Max = ScenarioFileReader.MaxCount;
        return CreateObject(
            new JsonObject
            {
                ["workers"] = Describe("With how many workers.", Number("integer", 1, 10_000)),
                ["downloads"] = Describe("How many downloads.", Number("integer", 1, Max)),
                ["makespanMs"] = Describe("From the start of the first download to the end of the last.", Number("number", 0, Max)),
                ["lowMs"] = Describe("The lower end of its 90 % interval.", Number("number", 0, Max)),
                ["highMs"] = Describe("The upper end of its 90 % interval.", Number("number", 0, Max)),
            },
            ["workers", "downloads", "makespanMs", "lowMs", "highMs"]);
    }

    private static JsonObject CreateObject(JsonObject properties, IReadOnlyList<string> required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Number(string type, double min, double max) =>
        new() { ["type"] = type, ["minimum"] = min, ["maximum"] = max };

    private static JsonObject Describe(string description, JsonObject schema)
    {
        schema.Insert(0, "description", description);
        return schema;
    }
}

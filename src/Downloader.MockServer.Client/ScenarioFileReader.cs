using System.Globalization;
using System.Text.Json;

namespace Downloader.MockServer.Client;

/// <summary>Reads the fields of a scenario file. Ranges and rules of the scenario are those of its options; errors name fields
/// instead.</summary>
internal static class ScenarioFileReader
{
    /// <summary>How the calibration is written.</summary>
    public static readonly JsonSerializerOptions CalibrationOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The most predictions of a file.</summary>
    public const int MaxPredictions = 1_000;

    /// <summary>The largest count and time in a calibration.</summary>
    public const int MaxCount = 1_000_000_000;

    /// <summary>The most characters of a source's name.</summary>
    public const int MaxSourceCharacters = 300;

    private static readonly string[] ScenarioFields = [.. ScenarioOptionDefinitions.All.Select(definition => definition.Field)];
    private static readonly string[] CalibrationFields =
        ["source", "date", "requests", "mechanism", "recommendedWorkers", "recommendedRatePerSecond", "predictions"];
    private static readonly string[] PredictionFields = ["workers", "downloads", "makespanMs", "lowMs", "highMs"];

    /// <exception cref="ScenarioException">The first error.</exception>
    public static ScenarioFile Read(JsonField root)
    {
        var fields = root.GetFields("a scenario file", ["scenario", "calibration"]);
        if (!fields.TryGetValue("scenario", out var scenario)) throw root.Missing("scenario", "must be an object with the conditions");
        return new ScenarioFile(
            ReadScenario(scenario), fields.TryGetValue("calibration", out var calibration) ? ReadCalibration(calibration) : null);
    }

    private static Scenario ReadScenario(JsonField root)
    {
        var fields = root.GetFields("a scenario", ScenarioFields);
        var scenario = new Scenario();
        foreach (var definition in ScenarioOptionDefinitions.All)
        {
            if (!fields.TryGetValue(definition.Field, out var field)) continue;
            var isSecondLatency = definition.Name == "--latency" && fields.ContainsKey("latencyQuantilesMs");
            if (isSecondLatency) throw field.Error("cannot be combined with latencyQuantilesMs, whose median is the latency");
            scenario = ReadOption(definition, scenario, field);
        }

        try
        {
            scenario.Validate();
            return scenario;
        }
        catch (ScenarioException e)
        {
            throw new ScenarioException($"{root.File}: {NameFields(root.Path, e.Message)}");
        }
    }

    private static Scenario ReadOption(ScenarioOptionDefinition definition, Scenario scenario, JsonField field)
    {
        var text = definition.Json.ToText(field.Value);
        if (text is not null && definition.Parse(scenario, text) is { } changed) return changed;
        // Of a list the first item that is wrong by itself, or else the list.
        var items = definition.Json.Items is not null && field.Value.ValueKind == JsonValueKind.Array ? field.GetItems() : [];
        var wrong = items.Where(item => definition.Json.Items!.ToText(item.Value) is null).Append(field).First();
        var array = definition.Json.Items is null ? "" : "an array, ";
        throw wrong.Error(NameFields("", $"must be {array}{definition.AllowedValues}"));
    }

    /// <summary>A rule with the names of fields where it has those of options. Longer names first: one begins with another.</summary>
    private static string NameFields(string path, string message)
    {
        var prefix = path.Length == 0 ? "" : path + ".";
        var named = message;
        foreach (var definition in ScenarioOptionDefinitions.All.OrderByDescending(definition => definition.Name.Length))
        {
            if (named.StartsWith(definition.Name + " ", StringComparison.Ordinal)) named = prefix + named;
            named = named.Replace(definition.Name, definition.Field, StringComparison.Ordinal);
        }

        return named;
    }

    private static CalibrationSummary ReadCalibration(JsonField root)
    {
        var fields = root.GetFields("a calibration", CalibrationFields);
        return new CalibrationSummary(
            ReadText(Get("source"), text => text.Trim().Length is > 0 and <= MaxSourceCharacters ? SingleLine.From(text) : null,
                $"text of 1 to {MaxSourceCharacters} characters"),
            DateOnly.ParseExact(
                ReadText(Get("date"), text => IsDate(text) ? text : null, "a date, as in \"2026-11-28\""),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture),
            (int)ReadNumber(Get("requests"), 0, MaxCount, isWhole: true),
            ReadText(Get("mechanism"), text => CalibrationSummary.Mechanisms.Contains(text) ? text : null,
                $"one of {string.Join(", ", CalibrationSummary.Mechanisms)}"),
            (int)ReadNumber(Get("recommendedWorkers"), 1, 10_000, isWhole: true),
            fields.TryGetValue("predictions", out var predictions) ? ReadPredictions(predictions) : [],
            fields.TryGetValue("recommendedRatePerSecond", out var rate) ? ReadNumber(rate, 0.001, 1_000_000, isWhole: false) : null);

        JsonField Get(string name) => fields.TryGetValue(name, out var field)
            ? field
            : throw root.Missing(name, $"a calibration has {string.Join(", ", CalibrationFields[..5])}");
    }

    private static PredictedMakespan[] ReadPredictions(JsonField field)
    {
        var isList = field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() <= MaxPredictions;
        if (!isList) throw field.Error($"must be an array of at most {MaxPredictions} objects with {string.Join(", ", PredictionFields)}");
        return [.. field.GetItems().Select(ReadPrediction)];
    }

    private static PredictedMakespan ReadPrediction(JsonField root)
    {
        var fields = root.GetFields("a prediction", PredictionFields);
        return new PredictedMakespan(
            (int)Get("workers", 1, 10_000, isWhole: true),
            (int)Get("downloads", 1, MaxCount, isWhole: true),
            Get("makespanMs", 0, MaxCount),
            Get("lowMs", 0, MaxCount),
            Get("highMs", 0, MaxCount));

        double Get(string name, double min, double max, bool isWhole = false) => fields.TryGetValue(name, out var field)
            ? ReadNumber(field, min, max, isWhole)
            : throw root.Missing(name, $"a prediction has {string.Join(", ", PredictionFields)}");
    }

    private static double ReadNumber(JsonField field, double min, double max, bool isWhole)
    {
        var number = field.Value.ValueKind == JsonValueKind.Number ? field.Value.GetDouble() : double.NaN;
        var isAllowed = number >= min && number <= max && (!isWhole || double.IsInteger(number));
        if (isAllowed) return number;
        var kind = isWhole ? "a whole number" : "a number";
        throw field.Error(string.Create(CultureInfo.InvariantCulture, $"must be {kind} between {min} and {max}"));
    }

    private static string ReadText(JsonField field, Func<string, string?> read, string allowedValues) =>
        field.Value.ValueKind == JsonValueKind.String && read(field.Value.GetString()!) is { } text
            ? text
            : throw field.Error($"must be {allowedValues}");

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Downloader.MockServer.Client;

/// <summary>A scenario as a file in JSON, and where it came from. <c>docs/scenario.schema.json</c> describes it.</summary>
/// <param name="Scenario">The conditions.</param>
/// <param name="Calibration">What the calibration of a real server found; null for a scenario that was written by hand.</param>
public sealed partial record ScenarioFile(Scenario Scenario, CalibrationSummary? Calibration)
{
    /// <summary>The longest file that is read: a scenario with everything in it has a tenth.</summary>
    internal const int MaxBytes = 1_000_000;

    /// <summary>How JSON of this project is written for people to read.</summary>
    internal static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">It cannot be read or is no scenario: one line with the file, the field, its value and what the
    /// field takes.</exception>
    public static ScenarioFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = SingleLine.From(path);
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > MaxBytes)
                throw new ScenarioException($"{name}: has {info.Length} bytes; must have at most {MaxBytes}");
            var text = File.ReadAllText(path);
            if (string.IsNullOrWhiteSpace(text)) throw new ScenarioException($"{name}: is empty; must be a scenario in JSON");
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ScenarioFileReader.Read(new JsonField(name, "", document.RootElement));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ScenarioException($"{name}: there is no such file; must be a scenario in JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{name}: cannot be read: {SingleLine.From(e.Message)}");
        }
        catch (JsonException e)
        {
            throw new ScenarioException($"{name}: is no JSON: {SingleLine.From(e.Message)}");
        }
    }

    /// <summary>Writes the file, over an older one. A reader sees the whole older file or the whole new one.</summary>
    /// <exception cref="ScenarioException">The scenario is invalid.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Scenario.Validate();
        AtomicFile.Write(path, WrapNumbers(ToJson().ToJsonString(Indented)) + "\n");
    }

    /// <summary>The JSON Schema of the file as text.</summary>
    public static string CreateSchema() => ScenarioSchema.Create().ToJsonString(Indented) + "\n";

    /// <summary>Puts the numbers of a list side by side: a table of quantiles would take a thousand lines.</summary>
    private static string WrapNumbers(string json) =>
        NumberList().Replace(json, list => Regex.Replace(list.Value, @"(?<=,)\s+", " "));

    /// <summary>Up to ten numbers of a list, as they are written: one a line.</summary>
    [GeneratedRegex(@"[-+.eE\d]+(,\s+[-+.eE\d]+){1,9}(?=,|\s)")]
    private static partial Regex NumberList();

    private JsonObject ToJson()
    {
        var json = new JsonObject { ["scenario"] = ToJson(Scenario) };
        if (Calibration is not null)
            json["calibration"] = JsonSerializer.SerializeToNode(Calibration, ScenarioFileReader.CalibrationOptions);
        return json;
    }

    /// <summary>The fields that differ from their defaults, and always the latency.</summary>
    private static JsonObject ToJson(Scenario scenario)
    {
        var json = new JsonObject();
        foreach (var definition in ScenarioOptions.GetWritten(scenario))
            json[definition.Field] = definition.Json.FromText(definition.Format(scenario));
        return json;
    }
}

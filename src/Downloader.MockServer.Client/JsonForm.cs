using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Downloader.MockServer.Client;

/// <summary>How the value of an option stands in a scenario file.</summary>
/// <param name="CreateSchema">Its JSON Schema.</param>
/// <param name="ToText">The value as the text of the option; null for JSON that is no such value.</param>
/// <param name="FromText">The text of the option as JSON.</param>
internal sealed record JsonForm(Func<JsonObject> CreateSchema, Func<JsonElement, string?> ToText, Func<string, JsonNode> FromText)
{
    /// <summary>The pages of a scenario: an array of objects.</summary>
    public static JsonForm Pages { get; } = Array(new JsonForm(CreatePageSchema, PageToText, PageFromText), 1, ScenarioPages.MaxPages);

    /// <summary>The form of its items; null where it is no array.</summary>
    public JsonForm? Items { get; private init; }

    /// <summary>A number.</summary>
    public static JsonForm Number(double min, double max) => new(
        () => new JsonObject { ["type"] = "number", ["minimum"] = min, ["maximum"] = max },
        element => element.ValueKind == JsonValueKind.Number && element.GetDouble() is var number && number >= min && number <= max
            ? element.GetRawText()
            : null,
        text => JsonNode.Parse(text)!);

    /// <summary>A whole number, which may be written as 5.0 or 5e3: in JSON it means the same.</summary>
    public static JsonForm Integer(int min, int max) => new(
        () => new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max },
        element => IntegerToText(element, min, max),
        text => JsonNode.Parse(text)!);

    /// <summary>One of these words.</summary>
    public static JsonForm OneOf(IEnumerable<string> words) => new(
        () => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) },
        element => element.ValueKind == JsonValueKind.String && words.Contains(element.GetString()) ? element.GetString() : null,
        text => text);

    /// <summary>An array, whose items the option separates by commas.</summary>
    public static JsonForm Array(JsonForm items, int min, int max) => new(
        () => new JsonObject { ["type"] = "array", ["items"] = items.CreateSchema(), ["minItems"] = min, ["maxItems"] = max },
        element => ArrayToText(element, items, min, max),
        text => new JsonArray([.. text.Split(',').Select(items.FromText)]))
    {
        Items = items,
    };

    private static string? ArrayToText(JsonElement element, JsonForm items, int min, int max)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() < min || element.GetArrayLength() > max) return null;
        var texts = element.EnumerateArray().Select(items.ToText).ToList();
        return texts.Contains(null) ? null : string.Join(',', texts);
    }

    private static string? IntegerToText(JsonElement element, int min, int max)
    {
        if (element.ValueKind != JsonValueKind.Number) return null;
        var number = element.GetDouble();
        var isAllowed = double.IsInteger(number) && number >= min && number <= max;
        return isAllowed ? ((int)number).ToString(CultureInfo.InvariantCulture) : null;
    }

    private static JsonObject CreatePageSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["path"] = new JsonObject { ["description"] = "Path and query, as in a URL.", ["type"] = "string", ["pattern"] = "^/" },
            ["bytes"] = new JsonObject
            {
                ["description"] = "The bytes of its body.",
                ["type"] = "integer",
                ["minimum"] = 0,
                ["maximum"] = ScenarioPages.MaxTotalBytes,
            },
        },
        ["required"] = new JsonArray("path", "bytes"),
        ["additionalProperties"] = false,
    };

    private static string? PageToText(JsonElement element)
    {
        var isPage = element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 2;
        if (!isPage || !element.TryGetProperty("path", out var path) || !element.TryGetProperty("bytes", out var bytes)) return null;
        if (path.ValueKind != JsonValueKind.String || IntegerToText(bytes, 0, ScenarioPages.MaxTotalBytes) is not { } size) return null;
        return ScenarioPage.NormalizePath(path.GetString()!) is { } normalized ? $"{normalized}={size}" : null;
    }

    private static JsonObject PageFromText(string text)
    {
        var page = ScenarioPages.Parse(text)![0];
        return new() { ["path"] = page.Path, ["bytes"] = page.Bytes };
    }
}

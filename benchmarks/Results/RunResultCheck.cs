using System.Globalization;
using System.Text.Json;

namespace Downloader.Benchmarks.Results;

/// <summary>What the data of every run keep to and their types do not say: no list has a missing element, and no figure is
/// impossible.</summary>
internal static class RunResultCheck
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <summary>All else that is a number may be 0.</summary>
    private static readonly HashSet<string> Positive =
        new(["makespanMs", "downloads", "listDownloads", "workers", "publishedMs", "round", "rounds"], Names);

    /// <summary>A server can be early by the resolution of its clock.</summary>
    private static readonly HashSet<string> Signed = new(["serverDelayMs"], Names);

    /// <summary>Dictionaries by their name: their values are elements, no properties that may be left out.</summary>
    private static readonly HashSet<string> Dictionaries = new(["machine", "failureReasons", "outcomes"], Names);

    /// <summary>Looks at everything in the file.</summary>
    /// <exception cref="JsonException">Something breaks the rules; the message names where it stands.</exception>
    public static void Check(JsonElement root) => Check(root, "", "", isElement: true);

    private static void Check(JsonElement value, string name, string path, bool isElement)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null when isElement:
                throw new JsonException($"{path} is null.");
            case JsonValueKind.Array:
                foreach (var (index, element) in value.EnumerateArray().Index())
                    Check(element, "", string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), isElement: true);
                break;
            case JsonValueKind.Object:
                CheckProperties(value, path, Dictionaries.Contains(name));
                break;
            case JsonValueKind.Number:
                CheckNumber(value, name, path);
                break;
        }
    }

    private static void CheckProperties(JsonElement value, string path, bool isDictionary)
    {
        foreach (var property in value.EnumerateObject())
        {
            var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            Check(property.Value, isDictionary ? "" : property.Name, place, isDictionary);
        }
    }

    private static void CheckNumber(JsonElement value, string name, string path)
    {
        var isFinite = value.TryGetDouble(out var number) && double.IsFinite(number);
        if (!isFinite) throw new JsonException($"{path} is {value.GetRawText()}: must be a finite number.");
        if (Positive.Contains(name) && number <= 0) throw new JsonException($"{path} is {value.GetRawText()}: must be above 0.");
        if (number < 0 && !Signed.Contains(name)) throw new JsonException($"{path} is {value.GetRawText()}: must be 0 or more.");
    }
}

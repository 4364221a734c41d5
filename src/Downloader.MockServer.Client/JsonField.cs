using System.Text.Json;

namespace Downloader.MockServer.Client;

/// <summary>A value in a file that is being read, and where it stands: what its errors name.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Path">The fields that lead to it, as in <c>scenario.pages[2]</c>; empty for the whole file.</param>
/// <param name="Value">The value.</param>
internal readonly record struct JsonField(string File, string Path, JsonElement Value)
{
    private const int MaxShownCharacters = 100;

    /// <summary>Its fields by name, after a check that it is an object and has no others.</summary>
    /// <param name="what">What the object is, for the error.</param>
    /// <param name="names">The names that it may have.</param>
    /// <exception cref="ScenarioException">It is no object, or has a field of another name.</exception>
    public IReadOnlyDictionary<string, JsonField> GetFields(string what, IReadOnlyCollection<string> names)
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Error($"must be an object, {what} with {string.Join(", ", names)}");
        var fields = new Dictionary<string, JsonField>();
        foreach (var property in Value.EnumerateObject())
        {
            var field = new JsonField(File, GetPath(property.Name), property.Value);
            if (!names.Contains(property.Name)) throw field.Error($"is no field of {what}; must be one of {string.Join(", ", names)}");
            fields.Add(property.Name, field);
        }

        return fields;
    }

    /// <summary>Its items.</summary>
    public IEnumerable<JsonField> GetItems()
    {
        var field = this;
        return Value.EnumerateArray().Select((item, index) => field with { Path = $"{field.Path}[{index}]", Value = item });
    }

    /// <summary>The error for a value that is not allowed.</summary>
    public ScenarioException Error(string rule)
    {
        var name = SingleLine.From(Path, MaxShownCharacters);
        var value = SingleLine.From(Value.GetRawText(), MaxShownCharacters);
        return new ScenarioException(name.Length == 0 ? $"{File}: {value}: {rule}" : $"{File}: {name} {value}: {rule}");
    }

    /// <summary>The error for a field that is missing in this one.</summary>
    public ScenarioException Missing(string name, string rule) =>
        new($"{File}: {GetPath(name)}: is missing; {rule}");

    private string GetPath(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}

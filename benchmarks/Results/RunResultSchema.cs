using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>The JSON Schema of <c>report.json</c>, made from the types that are written; their documentation is its
/// descriptions.</summary>
internal static class RunResultSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The schema as text.</summary>
    /// <param name="documentation">The documentation files that the compiler made of this assembly and those whose types are
    /// written.</param>
    public static string Create(IEnumerable<XDocument> documentation)
    {
        // What the compiler generates has the same names in several assemblies.
        var descriptions = documentation.SelectMany(file => file.Descendants("member"))
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value);
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Describe(context, node, descriptions),
        };
        var schema = RunResultFile.Options.GetJsonSchemaAsNode(typeof(RunResult), options).AsObject();
        schema["properties"]!["schemaVersion"]!.AsObject()["const"] = RunResult.CurrentSchemaVersion;
        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "title", $"report.json, schema {RunResult.CurrentSchemaVersion}");
        return schema.ToJsonString(RunResultFile.Options) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node, Dictionary<string, XElement> descriptions)
    {
        if (CreateOwn(context.TypeInfo.Type) is not { } schema)
        {
            if (node is not JsonObject made) return node;
            schema = made;
        }

        if (schema.ContainsKey("properties")) schema["additionalProperties"] = false;
        if (FindDescription(context.PropertyInfo?.AttributeProvider as MemberInfo, descriptions) is { } description)
            schema.Insert(0, "description", description);
        return schema;
    }

    /// <summary>The schema of a type with a converter of ours; null for others.</summary>
    private static JsonObject? CreateOwn(Type type)
    {
        // A scenario is written as its command-line options.
        if (type == typeof(Scenario)) return new() { ["type"] = "string" };
        if (type != typeof(Page) && type != typeof(Page?)) return null;
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = $"^({string.Join('|', Enum.GetNames<Page>())}|Page[0-9]+)$" };
        if (type == typeof(Page?)) schema["type"] = new JsonArray("string", "null");
        return schema;
    }

    /// <summary>A property's summary; of one that is a parameter of its record, the parameter's text.</summary>
    private static string? FindDescription(MemberInfo? property, Dictionary<string, XElement> descriptions)
    {
        if (property?.DeclaringType is not { } type) return null;
        var summary = descriptions.GetValueOrDefault($"P:{type.FullName}.{property.Name}")?.Element("summary");
        var parameter = descriptions.GetValueOrDefault($"T:{type.FullName}")?.Elements("param")
            .FirstOrDefault(element => element.Attribute("name")!.Value == property.Name);
        return (parameter ?? summary) is { } text ? ToPlainText(text) : null;
    }

    private static string ToPlainText(XElement text)
    {
        foreach (var reference in text.Descendants("see").ToList())
            reference.ReplaceWith((reference.Attribute("cref")?.Value ?? "").Split('.', ':')[^1]);
        return string.Join(' ', text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}

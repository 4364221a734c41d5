using System.Text.Json;
using System.Text.Json.Serialization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>A scenario as its command-line options, which people can read and run.</summary>
internal sealed class ScenarioConverter : JsonConverter<Scenario>
{
    public override Scenario Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        try
        {
            return ScenarioOptions.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Scenario());
        }
        catch (ScenarioException e)
        {
            throw new JsonException($"The scenario \"{text}\" is invalid: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Scenario value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ScenarioOptions.Write(value));
}

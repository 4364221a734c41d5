using System.Text.Json;
using System.Text.Json.Serialization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>A page by its name: "Dice", or "Page1" for the first that the scenario lists.</summary>
internal sealed class PageConverter : JsonConverter<Page>
{
    public override Page Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString() ?? "";
        return ListedPages.Find(name) ?? throw new JsonException($"There is no page \"{name}\".");
    }

    public override void Write(Utf8JsonWriter writer, Page value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.GetName());
}

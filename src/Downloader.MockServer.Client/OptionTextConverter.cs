using System.Text.Json;
using System.Text.Json.Serialization;

namespace Downloader.MockServer.Client;

/// <summary>Writes a value as the text of its option.</summary>
/// <param name="parse">Reads the text; null for text that is no value.</param>
internal sealed class OptionTextConverter<T>(Func<string, T?> parse) : JsonConverter<T>
    where T : class
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && parse(reader.GetString()!) is { } value
            ? value
            : throw new JsonException($"{typeToConvert.Name}: must be text as its option takes");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>A bar as one string, "lane start end page outcome": a run has thousands, and as objects they would be most of the file.</summary>
internal sealed class WaterfallBarConverter : JsonConverter<WaterfallBar>
{
    public override WaterfallBar Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = (reader.GetString() ?? "").Split(' ');
        if (parts.Length == 5
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var lane)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var start)
            && double.TryParse(parts[2], CultureInfo.InvariantCulture, out var end)
            && Enum.TryParse<Page>(parts[3], out var page)
            && Enum.TryParse<RequestOutcome>(parts[4], out var outcome))
        {
            return new WaterfallBar(lane, start, end, page, outcome);
        }

        throw new JsonException("A bar must be \"lane start end page outcome\".");
    }

    public override void Write(Utf8JsonWriter writer, WaterfallBar value, JsonSerializerOptions options) => writer.WriteStringValue(
        string.Create(CultureInfo.InvariantCulture, $"{value.Lane} {value.StartMs:0.###} {value.EndMs:0.###} {value.Page} {value.Outcome}"));
}

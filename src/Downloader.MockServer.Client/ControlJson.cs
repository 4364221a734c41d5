using System.Text.Json;
using System.Text.Json.Serialization;

namespace Downloader.MockServer.Client;

/// <summary>How the scenario and the endpoints are written as JSON.</summary>
internal static class ControlJson
{
    /// <summary>Names as in C#, enumerations by name. An unknown member is an error, because it is most likely a typing mistake.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter(),
            new OptionTextConverter<LatencyQuantiles>(LatencyQuantiles.Parse),
            new OptionTextConverter<ScenarioPages>(ScenarioPages.Parse),
        },
    };
}

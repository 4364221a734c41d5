using System.Text.Json;
using System.Text.Json.Serialization;

namespace Downloader.MockServer.Client;

/// <summary>How scenario and endpoints travel.</summary>
internal static class ControlJson
{
    /// <summary>Names as in C#, enumerations by name; a member nobody knows is an error, as it is most likely a typing mistake.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };
}

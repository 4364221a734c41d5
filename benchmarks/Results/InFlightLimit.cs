using System.Text.Json.Serialization;

namespace Downloader.Benchmarks.Results;

/// <summary>A limit that a strategy decided by itself.</summary>
/// <param name="Started">How many attempts had started by then: it holds for those that start later.</param>
/// <param name="Limit">How many attempts may be in flight.</param>
/// <remarks>The names are short, since there can be many in one report.</remarks>
public sealed record InFlightLimit(
    [property: JsonPropertyName("s")] int Started,
    [property: JsonPropertyName("l")] int Limit);

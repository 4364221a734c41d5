using System.Text.Json;

namespace Downloader.Benchmarks.Harness;

/// <summary>What the client says of an iteration; the server keeps it beside what it saw itself.</summary>
/// <param name="Succeeded">Downloads whose body was read whole.</param>
/// <param name="BytesRead">Bytes of all bodies.</param>
/// <param name="Failures">Failed downloads by reason.</param>
/// <param name="CpuMilliseconds">Processor time of the whole client process.</param>
/// <param name="AllocatedBytes">Bytes the client process allocated.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the client process so far.</param>
public sealed record IterationClaim(
    int Succeeded,
    long BytesRead,
    IReadOnlyDictionary<string, int> Failures,
    double CpuMilliseconds,
    long AllocatedBytes,
    long PeakMemoryBytes)
{
    /// <summary>Downloads that failed.</summary>
    public int Failed => Failures.Values.Sum();

    /// <summary>As it is sent to the server.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>As it was sent to the server.</summary>
    public static IterationClaim? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<IterationClaim>(json);
}

using System.Text.Json;

namespace Downloader.Benchmarks.Results;

/// <summary>What the client reports of an iteration; the server keeps it beside its own log.</summary>
/// <param name="Succeeded">Downloads whose body was read whole.</param>
/// <param name="BytesRead">Bytes of the bodies of all succeeded downloads.</param>
/// <param name="Failed">Downloads that failed.</param>
/// <param name="Failures">Failed downloads by reason; of very many reasons, some.</param>
/// <param name="CpuMilliseconds">Processor time of the whole client process; null where it is not known, as are the next two.</param>
/// <param name="AllocatedBytes">Bytes the client process allocated.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the client process so far.</param>
/// <param name="FirstMs">The process's first run of its case, making the clients included; every report of the process has it.</param>
/// <param name="Decisions">What the strategy decided about the requests in flight; null for a strategy that decides nothing.</param>
public sealed record ClientIterationReport(
    int Succeeded,
    long BytesRead,
    int Failed,
    IReadOnlyDictionary<string, int> Failures,
    double? CpuMilliseconds,
    long? AllocatedBytes,
    long? PeakMemoryBytes,
    double? FirstMs = null,
    InFlightDecisions? Decisions = null)
{
    /// <summary>The text sent to the server.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null for null.</summary>
    public static ClientIterationReport? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<ClientIterationReport>(json);
}

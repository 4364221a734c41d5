namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>A request that a log tells of.</summary>
/// <param name="Time">When it was sent or when it ended, as the format says.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">The status.</param>
/// <param name="Outcome">How it ended; null for one that is no download.</param>
/// <param name="Bytes">Length of the body.</param>
/// <param name="Path">The path; null where it cannot be replayed.</param>
/// <param name="IsMultiplexed">Whether it was spoken over HTTP/2 or HTTP/3.</param>
internal sealed record LogRequest(
    DateTimeOffset Time, TimeSpan Duration, int Status, ObservedOutcome? Outcome, long Bytes, string? Path, bool IsMultiplexed);

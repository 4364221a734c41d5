namespace Downloader.MockServer.Client;

/// <summary>Where a scenario came from: the real server that it imitates, and what the calibration said of it.</summary>
/// <param name="Source">The host that was watched, or the file that was read.</param>
/// <param name="Date">The day of it.</param>
/// <param name="Requests">How many requests were seen.</param>
/// <param name="Mechanism">What limits the server: one of <see cref="Mechanisms"/>.</param>
/// <param name="RecommendedWorkers">How many workers to use.</param>
/// <param name="Predictions">How long downloads from it will take.</param>
/// <param name="RecommendedRatePerSecond">How many requests per second to send; null where the rate is no limit.</param>
/// <remarks>What can be null is an optional parameter: the files leave out what is null.</remarks>
public sealed record CalibrationSummary(
    string Source,
    DateOnly Date,
    int Requests,
    string Mechanism,
    int RecommendedWorkers,
    IReadOnlyList<PredictedMakespan> Predictions,
    double? RecommendedRatePerSecond = null)
{
    /// <summary>What can limit a server: nothing that was seen, a capacity with a queue, refusals, a rate of requests.</summary>
    public static IReadOnlyList<string> Mechanisms { get; } = ["none", "queue", "refusal", "rate"];
}

namespace Downloader.Benchmarks.Calibration;

/// <summary>A calibration: what was seen, what follows from it.</summary>
/// <param name="Observations">The requests.</param>
/// <param name="Fit">The server that explains them.</param>
/// <param name="Predictions">How long a list of downloads will take, by number of workers.</param>
/// <param name="Recommendation">How many workers to take.</param>
public sealed record CalibrationResult(
    Observations Observations, ServerFit Fit, IReadOnlyList<Prediction> Predictions, WorkerRecommendation Recommendation);

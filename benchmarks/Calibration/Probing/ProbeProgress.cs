namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>How far a calibration is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Requests">How many requests it has sent, robots.txt included.</param>
/// <param name="Refused">How many of them were refused with 429 or 503.</param>
/// <param name="Failed">How many of them failed otherwise.</param>
public readonly record struct ProbeProgress(string Stage, int Requests, int Refused, int Failed);

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration;

/// <summary>How long requests take while so many are in flight.</summary>
/// <param name="InFlight">The mean number in flight.</param>
/// <param name="Latency">How long a request takes on a connection that is open.</param>
/// <param name="Samples">How many durations <paramref name="Latency"/> is made of.</param>
public sealed record LevelLatency(double InFlight, LatencyQuantiles Latency, int Samples);

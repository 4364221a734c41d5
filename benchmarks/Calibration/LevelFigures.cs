namespace Downloader.Benchmarks.Calibration;

/// <summary>What was seen with a number of workers.</summary>
/// <param name="Workers">How many requests were in flight, at most.</param>
/// <param name="Requests">How many requests were sent.</param>
/// <param name="Refused">How many of them the server refused.</param>
/// <param name="RequestsPerSecond">Successful requests per second while all workers send, by Little's law: workers ÷ mean duration. Waits
/// between requests, such as those that a server asks for, do not count.</param>
/// <param name="MedianMs">The median duration of a successful request, in milliseconds.</param>
public sealed record LevelFigures(int Workers, int Requests, int Refused, double RequestsPerSecond, double MedianMs);

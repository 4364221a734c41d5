namespace Downloader.MockServer.Client;

/// <summary>How long downloads from a server will take, by its calibration.</summary>
/// <param name="Workers">With how many workers.</param>
/// <param name="Downloads">How many downloads.</param>
/// <param name="MakespanMs">The time from the start of the first to the end of the last, in milliseconds.</param>
/// <param name="LowMs">The lower end of its 90 % interval.</param>
/// <param name="HighMs">The upper end of its 90 % interval.</param>
public sealed record PredictedMakespan(int Workers, int Downloads, double MakespanMs, double LowMs, double HighMs);

namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>How long requests take by how many are in flight.</summary>
internal sealed class LoadCurve
{
    private readonly (double InFlight, double MeanMs)[] _levels;

    /// <param name="levels">The mean duration of each number of requests in flight, in milliseconds; at least one, in rising order of the
    /// number.</param>
    public LoadCurve(IEnumerable<(double InFlight, double MeanMs)> levels) => _levels = [.. levels];

    /// <summary>The mean duration, in milliseconds.</summary>
    /// <remarks>It is interpolated linearly between levels. Above the highest one throughput does not grow any more: durations grow like
    /// the number in flight.</remarks>
    /// <param name="inFlight">How many requests are in flight; 1 or more.</param>
    public double GetMeanMs(int inFlight)
    {
        var above = Array.FindIndex(_levels, level => level.InFlight >= inFlight);
        if (above == 0) return _levels[0].MeanMs;
        if (above < 0) return _levels[^1].MeanMs * inFlight / _levels[^1].InFlight;
        var (from, to) = (_levels[above - 1], _levels[above]);
        return from.MeanMs + ((to.MeanMs - from.MeanMs) * (inFlight - from.InFlight) / (to.InFlight - from.InFlight));
    }
}

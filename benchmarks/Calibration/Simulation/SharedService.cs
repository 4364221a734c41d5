namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>Requests that make each other slower: all of them proceed at the same speed, which follows from how many they are.</summary>
/// <remarks>Progress is counted in mean durations: a request that takes 1.2 times as long as the mean ends when 1.2 have passed since it
/// came, which takes a different time with each number of requests in flight.</remarks>
/// <param name="curve">How long requests take by how many are in flight.</param>
internal sealed class SharedService(LoadCurve curve)
{
    private readonly PriorityQueue<int, double> _ends = new();
    private double _progress;
    private double _now;

    /// <summary>When the next request ends if none comes before, in milliseconds; positive infinity where there is none.</summary>
    public double NextEnd => _ends.TryPeek(out _, out var end)
        ? _now + (Math.Max(0, end - _progress) * curve.GetMeanMs(_ends.Count))
        : double.PositiveInfinity;

    /// <summary>A request comes.</summary>
    /// <param name="worker">Whose it is.</param>
    /// <param name="share">How long it takes, in mean durations.</param>
    /// <param name="now">The time, in milliseconds.</param>
    public void Add(int worker, double share, double now)
    {
        Advance(now);
        _ends.Enqueue(worker, _progress + share);
    }

    /// <summary>The next request ends.</summary>
    /// <returns>Whose it is.</returns>
    public int EndNext()
    {
        Advance(NextEnd);
        return _ends.Dequeue();
    }

    private void Advance(double now)
    {
        if (_ends.Count > 0) _progress += (now - _now) / curve.GetMeanMs(_ends.Count);
        _now = now;
    }
}

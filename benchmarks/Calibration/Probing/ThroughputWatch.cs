namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Whether more workers still bring more requests per second.</summary>
internal sealed class ThroughputWatch
{
    private const int FewestRequests = 5;
    private const double Rise = 1.15;

    private readonly List<double> _levels = [];

    /// <summary>The most requests per second; null while they rise from level to level.</summary>
    public double? Max
    {
        get
        {
            if (_levels.Count < 3) return null;
            var before = _levels[..^2].Max();
            return _levels[^1] < Rise * before && _levels[^2] < Rise * before ? _levels.Max() : null;
        }
    }

    /// <summary>Takes a level.</summary>
    /// <param name="requests">How many requests succeeded.</param>
    /// <param name="time">In which time.</param>
    public void Add(int requests, TimeSpan time)
    {
        if (requests >= FewestRequests) _levels.Add(requests / time.TotalSeconds);
    }
}

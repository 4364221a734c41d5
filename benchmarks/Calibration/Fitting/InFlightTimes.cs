namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>How long a server had how many requests, in groups of that number.</summary>
internal sealed class InFlightTimes
{
    private readonly double[] _moments;
    private readonly double[][] _times;

    /// <param name="accepted">The requests that the server worked on.</param>
    /// <param name="levels">The numbers in flight that stand for a group each, in rising order: another number belongs to the one that is
    /// nearest as a ratio.</param>
    public InFlightTimes(FitRequest[] accepted, IReadOnlyList<double> levels)
    {
        var changes = accepted.Select(request => (At: request.Arrived, Change: 1))
            .Concat(accepted.Select(request => (At: request.Ended, Change: -1)))
            .OrderBy(change => change.At).ThenByDescending(change => change.Change).ToArray();
        _moments = [.. changes.Select(change => change.At)];
        _times = [.. levels.Select(_ => new double[changes.Length])];
        var (totals, weighted, inFlight) = (new double[levels.Count], new double[levels.Count], 0);
        for (var i = 0; i < changes.Length; i++)
        {
            if (inFlight > 0)
            {
                var time = changes[i].At - changes[i - 1].At;
                var group = GetNearest(levels, inFlight);
                totals[group] += time;
                weighted[group] += time * inFlight;
            }

            inFlight += changes[i].Change;
            for (var group = 0; group < totals.Length; group++) _times[group][i] = totals[group];
        }

        MeanInFlight = [.. totals.Select((total, group) => total > 0 ? weighted[group] / total : levels[group])];
    }

    /// <summary>The mean number in flight of each group.</summary>
    public IReadOnlyList<double> MeanInFlight { get; }

    /// <summary>Of the time of a request, what falls to each group, in milliseconds.</summary>
    /// <param name="request">One of the requests.</param>
    public double[] Get(FitRequest request)
    {
        var (from, to) = (Array.BinarySearch(_moments, request.Arrived), Array.BinarySearch(_moments, request.Ended));
        return [.. _times.Select(times => times[to] - times[from])];
    }

    private static int GetNearest(IReadOnlyList<double> levels, int inFlight)
    {
        var nearest = 0;
        for (var group = 1; group < levels.Count; group++)
        {
            if (levels[group] * levels[nearest] < (double)inFlight * inFlight) nearest = group;
        }

        return nearest;
    }
}

namespace Downloader;

/// <summary>Says whether requests take much longer than in the beginning, so that they probably wait in a queue of the server.</summary>
/// <remarks>It compares 25th percentiles: a long tail leaves them alone, a queue moves them, since every request waits in it.</remarks>
internal sealed class LatencyWatch
{
    /// <summary>Beyond this multiple of the first service times, requests wait …</summary>
    private const double MaxIncrease = 1.6;

    /// <summary>… unless the difference is one that a busy processor makes.</summary>
    private const double MinDifferenceMs = 5;

    private const int WindowLength = 16;
    private const int SamplesPerDecision = 4;
    private const int BaselineLength = 64;

    private readonly double[] _window = new double[WindowLength];
    private readonly double[] _sorted = new double[BaselineLength];
    private readonly double[] _first = new double[BaselineLength];
    private int _firstCount;
    private int _windowCount;
    private double _baseline;

    /// <summary>Whether the last service times show a queue.</summary>
    public bool ShowsQueue { get; private set; }

    /// <summary>Takes a service time.</summary>
    public void Add(TimeSpan serviceTime)
    {
        var milliseconds = serviceTime.TotalMilliseconds;
        if (_firstCount < BaselineLength && !ShowsQueue)
        {
            _first[_firstCount++] = milliseconds;
            _baseline = LowerQuartile(_first.AsSpan(0, _firstCount));
        }

        _window[_windowCount++ % WindowLength] = milliseconds;
        // Each decision costs a sort.
        if (_windowCount >= WindowLength && _windowCount % SamplesPerDecision == 0)
            ShowsQueue = LowerQuartile(_window) > (MaxIncrease * _baseline) + MinDifferenceMs;
    }

    private double LowerQuartile(ReadOnlySpan<double> values)
    {
        var sorted = _sorted.AsSpan(0, values.Length);
        values.CopyTo(sorted);
        sorted.Sort();
        return sorted[(values.Length - 1) / 4];
    }
}

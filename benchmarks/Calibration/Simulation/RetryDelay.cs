namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>How long a download waits before its next try: what <see cref="DownloadResilience"/> makes of its options.</summary>
/// <remarks>Polly's exponential backoff with decorrelated jitter (`RetryHelper.DecorrelatedJitterBackoffV2`; the formula is George
/// Polevoy's, github.com/App-vNext/Polly/issues/530): the differences of 2^t · tanh(√(4t)) at t = try + a random number, divided by
/// 1.4.</remarks>
public struct RetryDelay
{
    private const double Spread = 4;
    private const double Scale = 1 / 1.4;

    private static readonly DownloadResilienceOptions Defaults = new();
    private int _tries;
    private double _before;

    /// <summary>How many times it was tried again.</summary>
    public readonly int Tries => _tries;

    /// <summary>The next wait, in milliseconds.</summary>
    /// <param name="random">Uniform in [0, 1).</param>
    public double NextMs(double random)
    {
        var t = _tries++ + random;
        var value = Math.Pow(2, t) * Math.Tanh(Math.Sqrt(Spread * t));
        var wait = (value - _before) * Scale * Defaults.Delay.TotalMilliseconds;
        _before = value;
        return Math.Min(wait, Defaults.MaxDelay.TotalMilliseconds);
    }

    /// <summary>Counts a try after a wait that the server asked for.</summary>
    public void CountTry() => _tries++;
}

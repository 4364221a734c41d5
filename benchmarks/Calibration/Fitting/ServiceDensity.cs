namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A density of service times that follows from samples alone: a kernel estimate on the logarithm, which suits constant times,
/// times of two kinds and heavy tails alike.</summary>
/// <remarks>The bandwidth is the one under which each sample is most likely, given the others: Duin, "On the choice of smoothing parameters
/// for Parzen estimators of probability density functions", 1976. A few samples may be anything, so that one that the client saw late does
/// not decide.</remarks>
internal sealed class ServiceDensity
{
    private const double OutlierShare = 0.02;
    private const int BinsPerBandwidth = 4;
    private const int Taps = 4 * BinsPerBandwidth;

    /// <summary>Added to each time: differences far below a millisecond are the client's.</summary>
    private const double OffsetMs = 0.5;

    private static readonly double[] Bandwidths = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.3];
    private static readonly double[] Kernel =
        [.. Enumerable.Range(0, Taps + 1).Select(tap => Math.Exp(-0.5 * Square((double)tap / BinsPerBandwidth)) / Math.Sqrt(2 * Math.PI))];

    private readonly double _low;
    private readonly double _width;
    private readonly double _bandwidth;
    private readonly double _outlier;
    private readonly int[] _counts;
    private readonly int _n;

    private ServiceDensity(double[] values, double bandwidth, double outlier)
    {
        _bandwidth = bandwidth;
        _width = bandwidth / BinsPerBandwidth;
        _outlier = outlier;
        var inRange = values.Where(IsInRange).Select(Transform).ToArray();
        _n = inRange.Length;
        _low = _n == 0 ? 0 : inRange.Min();
        var high = _n == 0 ? 0 : inRange.Max();
        _counts = new int[(int)((high - _low) / _width) + 1];
        foreach (var value in inRange) _counts[(int)((value - _low) / _width)]++;
    }

    /// <summary>The density of these times.</summary>
    /// <param name="values">Samples, in milliseconds; a few may be negative.</param>
    public static ServiceDensity Create(double[] values) => Best(values).Density;

    /// <summary>The logarithm of the likelihood of each sample given the others.</summary>
    /// <param name="values">Samples, in milliseconds; a few may be negative.</param>
    public static double GetLogLikelihood(double[] values) => Best(values).LogLikelihood;

    /// <summary>The logarithm of the density at a time.</summary>
    /// <param name="value">Milliseconds.</param>
    public double GetLog(double value) => Math.Log(Mix(value, own: 0));

    private static (ServiceDensity Density, double LogLikelihood) Best(double[] values)
    {
        var outlier = 1 / (4 * Math.Max(1, values.Max()));
        return Bandwidths
            .Select(bandwidth => new ServiceDensity(values, bandwidth, outlier))
            .Select(density => (density, values.Sum(value => Math.Log(density.Mix(value, own: 1)))))
            .MaxBy(pair => pair.Item2);
    }

    private static bool IsInRange(double value) => value > -OffsetMs / 2;

    private static double Transform(double value) => Math.Log(value + OffsetMs);

    private static double Square(double value) => value * value;

    /// <summary>The density, of which some samples are taken away that lie at the value itself.</summary>
    private double Mix(double value, int own)
    {
        if (!IsInRange(value) || _n <= own) return OutlierShare * _outlier;
        var sum = -own * Kernel[0];
        var bin = (int)Math.Floor((Transform(value) - _low) / _width);
        for (var tap = -Taps; tap <= Taps; tap++)
        {
            var index = bin + tap;
            if (index >= 0 && index < _counts.Length) sum += _counts[index] * Kernel[Math.Abs(tap)];
        }

        var density = sum / ((_n - own) * _bandwidth * (value + OffsetMs));
        return ((1 - OutlierShare) * density) + (OutlierShare * _outlier);
    }
}

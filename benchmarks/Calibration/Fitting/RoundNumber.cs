namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>How usual a number is as a limit: where the data allow several, people have set the rounder one.</summary>
internal static class RoundNumber
{
    private const double Tolerance = 1e-9;

    /// <summary>0 for 1, 2 and 5 times a power of ten; 1 for other numbers of one digit and zeros, and for 15, 25 and 75 with zeros;
    /// 2 for other whole numbers; 3 for the others.</summary>
    /// <param name="value">More than zero.</param>
    public static int GetRank(double value)
    {
        var lead = value / Math.Pow(10, Math.Floor(Math.Log10(value) + Tolerance));
        if (Is(lead, 1) || Is(lead, 2) || Is(lead, 5)) return 0;
        if (Is(lead, Math.Round(lead)) || Is(lead, 1.5) || Is(lead, 2.5) || Is(lead, 7.5)) return 1;
        return Is(value, Math.Round(value)) ? 2 : 3;
    }

    private static bool Is(double value, double other) => Math.Abs(value - other) <= Tolerance * Math.Max(1, other);
}

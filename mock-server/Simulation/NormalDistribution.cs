namespace Downloader.MockServer.Simulation;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>z with P(Z ≤ z) = 0.99.</summary>
    public const double Z99 = 2.3263478740408408;

    /// <summary>The z with P(Z ≤ z) = p, for 0 &lt; p &lt; 1, with a relative error below 1.2 × 10⁻⁹.</summary>
    /// <remarks>P. J. Acklam's rational approximations, "An algorithm for computing the inverse normal cumulative distribution function", 2003.
    /// Plain arithmetic, logarithm and root: the same number on every machine to far below a clock tick.</remarks>
    public static double Quantile(double p)
    {
        const double Low = 0.02425;
        if (p < Low) return Tail(Math.Sqrt(-2 * Math.Log(p)));
        if (p > 1 - Low) return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));

        var q = p - 0.5;
        var r = q * q;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r)
                - 3.066479806614716e+01) * r) + 2.506628277459239e+00) * q
            / ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r)
                - 1.328068155288572e+01) * r) + 1);
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838e+00) * q) - 2.549732539343734e+00) * q)
            + 4.374664141464968e+00) * q) + 2.938163982698783e+00)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996e+00) * q) + 3.754408661907416e+00) * q) + 1);
}

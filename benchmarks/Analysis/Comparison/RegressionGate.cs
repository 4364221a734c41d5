using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>When a case counts as slower, or as allocating more.</summary>
/// <remarks>
/// <see cref="Increase"/> is the increase that must be found. An alarm takes both: the case is higher beyond doubt (one-sided t test,
/// Holm over all gated cases), and the estimate is at least half of <see cref="Increase"/>. An alarm at the whole increase would miss a
/// true increase of that size half of the time; without a lower limit many rounds would raise an alarm for differences that matter to
/// nobody.
/// </remarks>
/// <param name="Increase">The increase that must be found: 0.1 is 10 %.</param>
/// <param name="Significance">The chance of any alarm if no case has changed.</param>
public sealed record RegressionGate(double Increase, double Significance)
{
    /// <summary>Allocations hardly differ between processes, so that this small an increase is found.</summary>
    public const double AllocationIncrease = 0.02;

    /// <summary>The chance of finding the increase below which a case counts as too noisy.</summary>
    public const double MinPower = 0.8;

    /// <summary>The most rounds of a comparison; more are not proposed.</summary>
    public const int MaxProposedRounds = 100;

    private double MinLog => Math.Log(1 + (Increase / 2));

    /// <summary>The gate of times. Times and allocations share a chance of 1 % of any false alarm; allocations need less of it. A fifth is
    /// left for what moderated variances cost where some cases are much noisier than others.</summary>
    public static RegressionGate ForTimes(double increase) => new(increase, 0.006);

    /// <summary>The gate of allocations per download.</summary>
    public static RegressionGate ForAllocations { get; } = new(AllocationIncrease, 0.002);

    /// <summary>The same gate for fresh rounds that confirm an alarm. 5 % is enough there: a false alarm has to pass both.</summary>
    public RegressionGate ForConfirmation => this with { Significance = 0.05 };

    /// <summary>Which cases raise an alarm.</summary>
    public IReadOnlyList<bool> FindAlarms(IReadOnlyList<RatioEstimate> cases)
    {
        var rejected = HolmProcedure.Reject([.. cases.Select(one => one.ChanceOfHigher)], Significance);
        return [.. cases.Select((one, index) => rejected[index] && one.Log >= MinLog)];
    }

    /// <summary>The chance that a case raises an alarm if it has increased by <see cref="Increase"/>, as its noise shows.</summary>
    /// <param name="one">The case.</param>
    /// <param name="cases">How many cases are gated; the first step of Holm's procedure is taken for each.</param>
    /// <param name="rounds">In so many rounds.</param>
    public double PowerFor(RatioEstimate one, int cases, int rounds)
    {
        var error = one.StandardErrorWith(rounds);
        var degreesOfFreedom = one.DegreesOfFreedom * (rounds - 1) / (one.Rounds - 1);
        var level = Significance / cases;
        var critical = StudentQuantile.Upper(degreesOfFreedom, level);
        if (double.IsPositiveInfinity(critical)) return 0;
        var threshold = Math.Max(critical * error, MinLog);
        return StudentT.CDF(0, 1, degreesOfFreedom, (Math.Log(1 + Increase) - threshold) / error);
    }

    /// <summary>About how many rounds give <see cref="MinPower"/>; null for more than <see cref="MaxProposedRounds"/>.</summary>
    public int? FindRoundsNeeded(RatioEstimate one, int cases)
    {
        var rounds = Enumerable.Range(2, MaxProposedRounds - 1).FirstOrDefault(rounds => PowerFor(one, cases, rounds) >= MinPower);
        return rounds == 0 ? null : rounds;
    }
}

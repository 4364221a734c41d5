using System.Globalization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Figures as the sentences and tables of a report write them: three significant digits, thousands apart, always the same
/// culture.</summary>
public static class ReportFormat
{
    // No line breaks between a figure and its unit.
    private const string Space = "\u00a0";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A number of three significant digits or, from 100 up, whole.</summary>
    public static string ThreeDigits(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("#,0", Culture),
        >= 9.995 => value.ToString("0.0", Culture),
        _ => value.ToString("0.00", Culture),
    };

    /// <summary>A count that may be a mean: whole when it is.</summary>
    public static string Number(double value) => value == Math.Round(value) ? value.ToString("#,0", Culture) : ThreeDigits(value);

    /// <summary>A share as percent: one digit below 10 %.</summary>
    public static string Percent(double share) => (share * 100) switch
    {
        var percent when percent < 9.95 && percent != Math.Round(percent) => percent.ToString("0.0", Culture) + Space + "%",
        var percent => percent.ToString("0", Culture) + Space + "%",
    };

    /// <summary>Milliseconds as a sentence says them.</summary>
    public static string Time(double milliseconds) =>
        milliseconds < 1000 ? ThreeDigits(milliseconds) + Space + "ms" : ThreeDigits(milliseconds / 1000) + Space + "s";

    /// <summary>Bytes, in KB or MB of 1024.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1024 => bytes.ToString("0", Culture) + " B",
        < 1024 * 1024 => ThreeDigits(bytes / 1024) + " KB",
        _ => ThreeDigits(bytes / 1024 / 1024) + " MB",
    };

    /// <summary>"1 row", "2 rows".</summary>
    public static string Pluralize(double count, string thing)
    {
        var ending = count == 1 ? "" : "s";
        return $"{Number(count)} {thing}{ending}";
    }

    /// <summary>A figure and half its interval: as many decimals as that needs, two at most: "52.1 ± 0.4".</summary>
    public static string WithError(Estimate figure)
    {
        if (figure.Error is not { } off) return ThreeDigits(figure.Value);
        // One digit of the error says how many of the figure mean something.
        var format = off switch { >= 0.95 => "#,0", >= 0.095 => "#,0.0", _ => "#,0.00" };
        // An error too small to show is rounded up, never to nothing.
        var shown = off is > 0 and < 0.01 ? 0.01 : off;
        return $"{figure.Value.ToString(format, Culture)}{Space}±{Space}{shown.ToString(format, Culture)}";
    }

    /// <summary>How much slower than the best: "+2.1 % ± 1.5", "best".</summary>
    public static string Slowdown(ComparisonWithBest comparison)
    {
        if (ReferenceEquals(comparison, ComparisonWithBest.Best)) return "best";
        var (percent, error) = (comparison.Slowdown * 100, Math.Max(comparison.Error * 100, 0.1));
        var format = error < 9.95 ? "0.0" : "#,0";
        var sign = percent < 0 ? "" : "+";
        return $"{sign}{percent.ToString(format, Culture)}{Space}%{Space}±{Space}{error.ToString(format, Culture)}";
    }

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>The real server whose conditions these are: "your server (api.example, calibrated 2026-11-28)".</summary>
    public static string YourServer(CalibrationSummary calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return $"your server ({calibration.Source}, calibrated {calibration.Date.ToString("yyyy-MM-dd", Culture)})";
    }

    /// <summary>How a ratio is said: "3.1 ± 0.1 times faster than", or the other way round below 1.</summary>
    public static string Faster(Estimate speedup) => speedup.Value >= 1
        ? $"{WithError(speedup)} times faster than"
        : $"{WithError(new(1 / speedup.Value, speedup.Error / (speedup.Value * speedup.Value)))} times slower than";
}

using System.CommandLine;
using System.Globalization;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>An option whose value is a percentage, with or without the sign.</summary>
internal static class PercentOption
{
    /// <summary>An option whose value is a share: 0.1 for "10%" or "10".</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="min">The least percentage that is allowed.</param>
    /// <param name="max">The greatest one.</param>
    public static Option<double?> Create(string name, string description, double min, double max) => new(name)
    {
        Description = description,
        HelpName = "PERCENT",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var isNumber = double.TryParse(
                text.TrimEnd('%').TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
            if (isNumber && percent >= min && percent <= max) return percent / 100;
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} {text}: must be a percentage between {min} and {max}, as 10% or 10."));
            return null;
        },
    };
}

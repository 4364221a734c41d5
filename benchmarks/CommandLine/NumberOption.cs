using System.CommandLine;
using System.Globalization;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Options whose values are numbers in a range. A value out of range is an error of one line.</summary>
internal static class NumberOption
{
    /// <summary>An option with one whole number.</summary>
    public static Option<int?> CreateInt(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var value = Parse(text, min, max);
            if (value is null) result.AddError($"{name} {text}: must be a whole number between {min} and {max}.");
            return value;
        },
    };

    /// <summary>An option with a number per second, fractions allowed.</summary>
    public static Option<double?> CreateRate(string name, string description, double min, double max) =>
        Create(name, description, "R", "a number per second", min, max);

    /// <summary>An option with whole numbers separated by commas.</summary>
    public static Option<int[]?> CreateIntList(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N,N…",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var numbers = text.Split(',').Select(number => Parse(number, min, max)).ToList();
            if (!numbers.Contains(null)) return [.. numbers.OfType<int>().Distinct()];
            result.AddError($"{name} {text}: must be whole numbers separated by commas, each between {min} and {max}.");
            return null;
        },
    };

    private static int? Parse(string text, int min, int max)
    {
        var isNumber = int.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= min && value <= max ? value : null;
    }
}

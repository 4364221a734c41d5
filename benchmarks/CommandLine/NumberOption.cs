using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Options whose values are numbers in a range. A value out of range is an error of one line.</summary>
internal static class NumberOption
{
    /// <summary>An option with one whole number.</summary>
    public static Option<int?> CreateInt(string name, string description, int min, int max) =>
        Create(name, description, "N", "a whole number", min, max);

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

    private static Option<T?> Create<T>(string name, string description, string helpName, string kind, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var value = Parse(text, min, max);
                FormattableString error = $"{name} {text}: must be {kind} between {min} and {max}.";
                if (value is null) result.AddError(error.ToString(CultureInfo.InvariantCulture));
                return value;
            },
        };

    private static T? Parse<T>(string text, T min, T max)
        where T : struct, INumber<T>
    {
        var isNumber = T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= min && value <= max ? value : null;
    }
}

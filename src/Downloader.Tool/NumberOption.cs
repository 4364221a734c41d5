using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Downloader.Tool;

/// <summary>Options whose value is a number in a range. A value out of range is an error of one line.</summary>
internal static class NumberOption
{
    /// <summary>An option with a whole number.</summary>
    public static Option<T?> Create<T>(string name, string description, T min, T max)
        where T : struct, IBinaryInteger<T> => Create(name, description, "N", "a whole number", min, max);

    /// <summary>An option with a number of seconds, fractions allowed.</summary>
    public static Option<double?> CreateSeconds(string name, string description, double min, double max) =>
        Create(name, description, "S", "seconds", min, max);

    /// <summary>An option with a number per second, fractions allowed.</summary>
    public static Option<double?> CreateRate(string name, string description, double min, double max) =>
        Create(name, description, "R", "a number per second", min, max);

    private static Option<T?> Create<T>(string name, string description, string helpName, string kind, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var isNumber = T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
                if (isNumber && value >= min && value <= max) return value;
                FormattableString error = $"{name} {text}: must be {kind} between {min} and {max}.";
                result.AddError(error.ToString(CultureInfo.InvariantCulture));
                return null;
            },
        };
}

using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Options that take numbers, and say in one line what they take.</summary>
internal static class NumberOption
{
    /// <summary>An option that takes one whole number.</summary>
    public static Option<int?> One(string name, string description, int least, int most) => Create(name, description, "N", "a whole number", least, most);

    /// <summary>An option that takes one whole number that may be large.</summary>
    public static Option<long?> Large(string name, string description, long least, long most) => Create(name, description, "N", "a whole number", least, most);

    /// <summary>An option that takes seconds, fractions allowed.</summary>
    public static Option<double?> Seconds(string name, string description, double least, double most) => Create(name, description, "S", "seconds", least, most);

    /// <summary>An option that takes whole numbers separated by commas.</summary>
    public static Option<int[]?> Many(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N,N…",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            var numbers = given.Split(',').Select(word => Parse(word, least, most)).ToList();
            if (!numbers.Contains(null)) return [.. numbers.OfType<int>().Distinct()];
            result.AddError($"{name} {given}: takes whole numbers separated by commas, each {least} to {most}.");
            return null;
        },
    };

    private static Option<T?> Create<T>(string name, string description, string helpName, string takes, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                if (Parse(given, least, most) is { } value) return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {given}: takes {takes}, {least} to {most}."));
                return null;
            },
        };

    private static T? Parse<T>(string word, T least, T most)
        where T : struct, INumber<T> =>
        T.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;
}

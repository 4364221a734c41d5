using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Options that take numbers, and say in one line what they take.</summary>
internal static class NumberOption
{
    /// <summary>An option that takes one whole number.</summary>
    public static Option<int?> One(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(name, result.Tokens[0].Value, least, most, result) is { } value ? (int?)value : null,
    };

    /// <summary>An option that takes whole numbers separated by commas.</summary>
    public static Option<int[]?> Many(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N,N…",
        CustomParser = result =>
        {
            var numbers = new List<int>();
            foreach (var word in result.Tokens[0].Value.Split(','))
            {
                if (Parse(name, word, least, most, result) is not { } value) return null;
                numbers.Add(value);
            }

            return [.. numbers.Distinct()];
        },
    };

    private static int? Parse(string name, string word, int least, int most, ArgumentResult result)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        result.AddError($"{name} {result.Tokens[0].Value}: takes whole numbers, {least} to {most}.");
        return null;
    }
}

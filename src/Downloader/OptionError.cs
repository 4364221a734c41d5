using System.Globalization;

namespace Downloader;

/// <summary>The wording of an error about an option.</summary>
internal static class OptionError
{
    /// <summary>One line with the option's name, its value and its range.</summary>
    /// <param name="name">The option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="range">What it must be.</param>
    public static string Format(string name, object? value, string range) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {value ?? "null"}; it must be {range}.");
}

using System.Globalization;

namespace Downloader.MockServer.Client;

/// <summary>The kinds of values that options take.</summary>
internal static class OptionValues
{
    public static OptionValueKind<TimeSpan> Milliseconds(double max, string? range = null) => new(
        $"a number of milliseconds {range ?? Between(0, max)}",
        ParseMilliseconds,
        FormatMilliseconds,
        time => time >= TimeSpan.Zero && time.TotalMilliseconds <= max,
        JsonForm.Number(0, max));

    public static OptionValueKind<TimeSpan> WholeSeconds(int max) => new(
        $"a whole number of seconds {Between(0, max)}",
        text => ParseInt(text) is { } number ? TimeSpan.FromSeconds(number) : null,
        time => Format(time.TotalSeconds),
        time => time >= TimeSpan.Zero && time.TotalSeconds <= max && time.Ticks % TimeSpan.TicksPerSecond == 0,
        JsonForm.Integer(0, max));

    public static OptionValueKind<int> Integers(int min, int max) =>
        new(
            $"a whole number {Between(min, max)}",
            ParseInt,
            number => Format(number),
            number => number >= min && number <= max,
            JsonForm.Integer(min, max));

    public static OptionValueKind<(int First, int Second)> IntegerPairs(string description, int max) => new(
        description,
        ParseIntPair,
        pair => $"{Format(pair.First)},{Format(pair.Second)}",
        pair => pair.First >= 0 && pair.First <= max && pair.Second >= 0 && pair.Second <= max,
        JsonForm.Array(JsonForm.Integer(0, max), 2, 2));

    public static OptionValueKind<double> Numbers(string unit, double min, double max) =>
        new(
            $"a number {unit}{Between(min, max)}",
            ParseDouble,
            number => Format(number),
            number => number >= min && number <= max,
            JsonForm.Number(min, max));

    /// <summary>One of these names.</summary>
    public static OptionValueKind<T> Names<T>(IReadOnlyDictionary<string, T> names)
        where T : struct, Enum => new(
            $"one of {string.Join(", ", names.Keys)}",
            text => names.TryGetValue(text, out var value) ? value : null,
            value => names.FirstOrDefault(name => name.Value.Equals(value)).Key ?? value.ToString("D"),
            names.Values.Contains,
            JsonForm.OneOf(names.Keys));

    /// <summary>One or more of the kinds of faults.</summary>
    public static OptionValueKind<FaultKinds> Faults(IReadOnlyDictionary<string, FaultKinds> names) => new(
        $"one or more of {string.Join(", ", names.Keys)}, separated by commas",
        text => Combine(text.Split(',', StringSplitOptions.TrimEntries), names),
        kinds => string.Join(',', names.Where(name => kinds.HasFlag(name.Value)).Select(name => name.Key)),
        kinds => kinds != FaultKinds.None && (kinds & ~FaultKinds.All) == 0,
        JsonForm.Array(JsonForm.OneOf(names.Keys), 1, names.Count));

    /// <summary>A time from a number of milliseconds; null for text that is none, or too large for a time.</summary>
    public static TimeSpan? ParseMilliseconds(string text) =>
        ParseDouble(text) is { } number && Math.Abs(number) <= int.MaxValue ? Round(number) : null;

    /// <summary>A time as <see cref="ParseMilliseconds"/> reads it.</summary>
    public static string FormatMilliseconds(TimeSpan time) => Format(time.TotalMilliseconds);

    /// <summary>To the nearest tick, so that a time that was written is read back: TimeSpan.FromMilliseconds drops what is below
    /// one.</summary>
    private static TimeSpan Round(double milliseconds) => new((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    private static FaultKinds? Combine(string[] words, IReadOnlyDictionary<string, FaultKinds> names) =>
        Array.TrueForAll(words, names.ContainsKey) ? words.Aggregate(FaultKinds.None, (kinds, word) => kinds | names[word]) : null;

    private static double? ParseDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static int? ParseInt(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (int First, int Second)? ParseIntPair(string text)
    {
        var numbers = text.Split(',').Select(word => ParseInt(word.Trim())).ToList();
        return numbers is [int first, int second] ? (first, second) : null;
    }

    private static string Format(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Between(double min, double max) => $"between {Format(min)} and {Format(max)}";
}

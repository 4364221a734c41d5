using System.Text;
using System.Text.RegularExpressions;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads the text of Apache's <c>LogFormat</c>.</summary>
internal static partial class ApacheFormatReader
{
    private const string End = "end:";
    private const string Begin = "begin:";

    /// <summary>Whether a text holds a directive of Apache.</summary>
    public static bool IsApache(string text) => Directive().IsMatch(text);

    /// <summary>Its fields, and the text behind the last.</summary>
    public static (List<LogField> Fields, string TextAfter) Read(string text)
    {
        // As it stands in the configuration, between quotes.
        text = text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        List<LogField> fields = [];
        var before = new StringBuilder();
        var position = 0;
        foreach (Match match in Directive().Matches(text))
        {
            before.Append(text, position, match.Index - position);
            position = match.Index + match.Length;
            var (letter, argument) = (match.Groups[2].Value, match.Groups[1].Value);
            if (letter == "%")
            {
                before.Append('%');
                continue;
            }

            // %t comes with its brackets.
            var isBracketed = letter == "t" && argument.Length == 0;
            if (isBracketed) before.Append('[');
            fields.Add(CreateField(letter, argument, before.ToString()));
            before.Clear();
            if (isBracketed) before.Append(']');
        }

        return (fields, before.Append(text, position, text.Length - position).ToString());
    }

    private static LogField CreateField(string letter, string argument, string textBefore)
    {
        var isAtEnd = argument.StartsWith(End, StringComparison.Ordinal);
        if (isAtEnd) argument = argument[End.Length..];
        if (argument.StartsWith(Begin, StringComparison.Ordinal)) argument = argument[Begin.Length..];
        return new LogField(ValueOf(letter, argument), isAtEnd, IsList: false, textBefore);
    }

    private static LogValue ValueOf(string letter, string argument) => (letter, argument) switch
    {
        ("r", "") => LogValue.Request,
        ("m", "") => LogValue.Method,
        ("U", "") => LogValue.Target,
        ("H", "") => LogValue.Protocol,
        ("s", "") => LogValue.Status,
        ("b" or "B", "") => LogValue.BodyBytes,
        ("O", "") => LogValue.Bytes,
        ("t", "") => LogValue.LocalTime,
        ("t", "sec") => LogValue.EpochSeconds,
        ("t", "msec") => LogValue.EpochMilliseconds,
        ("t", "usec") => LogValue.EpochMicroseconds,
        ("t", "msec_frac") => LogValue.MillisecondFraction,
        ("t", "usec_frac") => LogValue.MicrosecondFraction,
        ("D", "") or ("T", "us") => LogValue.DurationMicroseconds,
        ("T", "ms") => LogValue.DurationMilliseconds,
        ("T", "" or "s") => LogValue.DurationWholeSeconds,
        _ => LogValue.Other,
    };

    // %, perhaps statuses, < or > for the first or last of internal redirections, an argument in braces, a letter.
    [GeneratedRegex(@"%[!0-9,]*[<>]?(?:\{([^}]*)\})?(\^?[a-zA-Z]{2}(?<=\^..)|[a-zA-Z]|%)")]
    private static partial Regex Directive();
}

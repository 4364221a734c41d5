using System.Text.RegularExpressions;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads the text of nginx's <c>log_format</c>.</summary>
internal static partial class NginxFormatReader
{
    /// <summary>Whether a text names a variable of nginx.</summary>
    public static bool IsNginx(string text) => Variable().IsMatch(text);

    /// <summary>Its fields, and the text behind the last.</summary>
    public static (List<LogField> Fields, string TextAfter) Read(string text)
    {
        List<LogField> fields = [];
        var position = 0;
        foreach (Match match in Variable().Matches(text))
        {
            var name = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
            var isList = name.StartsWith("upstream_", StringComparison.Ordinal);
            fields.Add(new LogField(ValueOf(name), IsAtEnd: true, isList, text[position..match.Index]));
            position = match.Index + match.Length;
        }

        return (fields, text[position..]);
    }

    private static LogValue ValueOf(string variable) => variable switch
    {
        "request" => LogValue.Request,
        "request_method" => LogValue.Method,
        "request_uri" or "uri" or "document_uri" => LogValue.Target,
        "server_protocol" => LogValue.Protocol,
        "status" => LogValue.Status,
        "body_bytes_sent" => LogValue.BodyBytes,
        "bytes_sent" => LogValue.Bytes,
        "time_local" => LogValue.LocalTime,
        "time_iso8601" => LogValue.IsoTime,
        "msec" => LogValue.EpochSecondsAndMilliseconds,
        "request_time" => LogValue.DurationSeconds,
        "upstream_response_time" => LogValue.UpstreamDuration,
        _ => LogValue.Other,
    };

    [GeneratedRegex(@"\$(?:\{([a-z0-9_]+)\}|([a-z][a-z0-9_]*))")]
    private static partial Regex Variable();
}

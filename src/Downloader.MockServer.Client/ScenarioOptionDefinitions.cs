using System.Globalization;

namespace Downloader.MockServer.Client;

/// <summary>All options of the scenario: the one place that says what each takes.</summary>
internal static class ScenarioOptionDefinitions
{
    /// <summary>The longest time any option takes: ten minutes.</summary>
    private const double MaxMilliseconds = 600_000;

    /// <summary>The suite's own control connections pay it too, and must be open well before <see cref="MockServerClient"/> gives up.</summary>
    private const double MaxConnectMilliseconds = 10_000;

    private const int MaxPageBytes = 100_000_000;
    private const int MaxRequests = 1_000_000;
    private const int MaxRetryAfter = 3600;
    private const string Milliseconds = "milliseconds, 0 to 600000";

    public static IReadOnlyList<ScenarioOptionDefinition> All { get; } =
    [
        new("--latency", "MS", Milliseconds, "How long each request is served; the median where --latency-p99 is given",
            (s, text) => Time(text) is { } time ? s with { Latency = time } : null,
            s => Write(s.Latency),
            s => IsTime(s.Latency)),
        new("--latency-jitter", "MS", "milliseconds, 0 to --latency", "Uniform latency: --latency plus or minus up to this much",
            (s, text) => Time(text) is { } time ? s with { LatencyJitter = time } : null,
            s => Write(s.LatencyJitter),
            s => IsTime(s.LatencyJitter)),
        new("--latency-p99", "MS", "milliseconds above --latency, up to 600000", "Heavy-tailed (log-normal) latency: its 99th percentile, --latency being the median",
            (s, text) => Time(text) is { } time ? s with { LatencyP99 = time } : null,
            s => s.LatencyP99 is { } time ? Write(time) : "",
            s => s.LatencyP99 is not { } time || IsTime(time)),
        new("--seed", "N", "a whole number", "Where the random numbers of latency and faults start",
            (s, text) => Whole(text) is { } seed ? s with { Seed = seed } : null,
            s => Write(s.Seed),
            _ => true),
        new("--connect-latency", "MS", "milliseconds, 0 to 10000", "What each new connection costs before its first request",
            (s, text) => Time(text) is { } time ? s with { ConnectLatency = time } : null,
            s => Write(s.ConnectLatency),
            s => IsTime(s.ConnectLatency, MaxConnectMilliseconds)),
        new("--payload", "JYTHON,DICE", "the sizes of /jython and /dice in bytes, 0 to 100000000 each, as in 10966,276", "How long the two pages are",
            Payload,
            s => $"{Write(s.JythonBytes)},{Write(s.DiceBytes)}",
            s => s.JythonBytes is >= 0 and <= MaxPageBytes && s.DiceBytes is >= 0 and <= MaxPageBytes),
        new("--capacity", "K", "requests, 1 to 1000000", "The most requests served at once; the others wait",
            (s, text) => Whole(text) is { } count ? s with { Capacity = count } : null,
            s => Write(s.Capacity),
            s => s.Capacity is null or (>= 1 and <= MaxRequests)),
        new("--queue", "Q", "requests, 0 to 1000000", "The most requests that wait for --capacity; past that 503",
            (s, text) => Whole(text) is { } count ? s with { Queue = count } : null,
            s => Write(s.Queue),
            s => s.Queue is null or (>= 0 and <= MaxRequests)),
        new("--rate-limit", "R", "requests per second, more than 0, up to 1000000", "The most requests taken per second; past that 429",
            (s, text) => Number(text) is { } rate ? s with { RateLimit = rate } : null,
            s => Write(s.RateLimit),
            s => s.RateLimit is null or (> 0 and <= MaxRequests)),
        new("--retry-after", "SECONDS", "whole seconds, 0 to 3600", "What 503 and 429 say in Retry-After",
            (s, text) => Whole(text) is { } seconds ? s with { RetryAfter = TimeSpan.FromSeconds(seconds) } : null,
            s => s.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            s => s.RetryAfter >= TimeSpan.Zero && s.RetryAfter <= TimeSpan.FromSeconds(MaxRetryAfter)
                && s.RetryAfter.Ticks % TimeSpan.TicksPerSecond == 0),
        new("--fault-share", "SHARE", "a share, 0 to 1", "The share of requests that meet a fault",
            (s, text) => Number(text) is { } share ? s with { FaultShare = share } : null,
            s => Write(s.FaultShare),
            s => s.FaultShare is >= 0 and <= 1),
        new("--faults", "KINDS", $"any of {string.Join(", ", FaultNames.Keys)}, separated by commas", "Which faults those are, in turn",
            (s, text) => Faults(text) is { } kinds ? s with { Faults = kinds } : null,
            s => string.Join(',', FaultNames.Where(name => s.Faults.HasFlag(name.Value)).Select(name => name.Key)),
            s => s.Faults != FaultKinds.None && (s.Faults & ~FaultKinds.All) == 0),
        new("--protocol", "PROTOCOL", $"one of {string.Join(", ", ProtocolNames.Keys)}", "What the suite's clients speak; the server always speaks all, each on its own endpoint",
            (s, text) => ProtocolNames.TryGetValue(text, out var protocol) ? s with { Protocol = protocol } : null,
            s => ProtocolNames.FirstOrDefault(name => name.Value == s.Protocol).Key ?? ((int)s.Protocol).ToString(CultureInfo.InvariantCulture),
            s => ProtocolNames.ContainsValue(s.Protocol)),
    ];

    // Properties rather than fields: they are read while All is being made.
    private static Dictionary<string, FaultKinds> FaultNames => new(StringComparer.OrdinalIgnoreCase)
    {
        ["reset"] = FaultKinds.Reset,
        ["empty"] = FaultKinds.Empty,
        ["cut-short"] = FaultKinds.CutShort,
        ["server-error"] = FaultKinds.ServerError,
    };

    private static Dictionary<string, WireProtocol> ProtocolNames => new(StringComparer.OrdinalIgnoreCase)
    {
        ["http1"] = WireProtocol.Http1,
        ["http2"] = WireProtocol.Http2,
        ["https"] = WireProtocol.Https,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Out of range, not unreadable, is what a number is that no TimeSpan can hold; both are refused alike.
    private static TimeSpan? Time(string text) =>
        Number(text) is { } number && Math.Abs(number) <= TimeSpan.MaxValue.TotalMilliseconds / 2 ? TimeSpan.FromMilliseconds(number) : null;

    private static bool IsTime(TimeSpan time, double most = MaxMilliseconds) => time >= TimeSpan.Zero && time.TotalMilliseconds <= most;

    private static Scenario? Payload(Scenario scenario, string text)
    {
        var sizes = text.Split(',');
        return sizes.Length == 2 && Whole(sizes[0].Trim()) is { } jython && Whole(sizes[1].Trim()) is { } dice
            ? scenario with { JythonBytes = jython, DiceBytes = dice }
            : null;
    }

    private static FaultKinds? Faults(string text)
    {
        var kinds = FaultKinds.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!FaultNames.TryGetValue(name, out var kind)) return null;
            kinds |= kind;
        }

        return kinds;
    }

    private static string Write(TimeSpan time) => time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    private static string Write(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}

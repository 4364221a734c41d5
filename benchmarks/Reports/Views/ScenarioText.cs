using Downloader.Benchmarks.Reports.Answers;
using Downloader.Lab;

namespace Downloader.Benchmarks.Reports.Views;

/// <summary>A scenario in words: what was asked of the server.</summary>
internal static class ScenarioText
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Scenario scenario)
    {
        List<KeyValuePair<string, string>> facts = [new("Latency asked", Latency(scenario))];
        if (scenario.ConnectLatency > TimeSpan.Zero) facts.Add(new("Each new connection", Time(scenario.ConnectLatency)));
        facts.Add(new("Pages", $"/jython {Phrase.Amount(scenario.JythonBytes)} bytes, /dice {Phrase.Amount(scenario.DiceBytes)} bytes"));
        if (scenario.Capacity is { } capacity)
            facts.Add(new("Capacity", $"{Phrase.Amount(capacity)} at once, {(scenario.Queue is { } queue ? $"{Phrase.Amount(queue)} wait, past that 503" : "the others wait")}"));
        if (scenario.RateLimit is { } rate) facts.Add(new("Rate limit", $"{Phrase.Amount(rate)} requests per second, past that 429"));
        if (scenario.FaultShare > 0) facts.Add(new("Faults", $"{Phrase.Percent(scenario.FaultShare)} of the requests ({scenario.Faults})"));
        facts.Add(new("Protocol", scenario.Protocol switch
        {
            WireProtocol.Http2 => "HTTP/2 in clear text",
            WireProtocol.Https => "HTTP/1.1 over TLS",
            _ => "HTTP/1.1 in clear text",
        }));
        facts.Add(new("Seed", scenario.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return facts;
    }

    private static string Latency(Scenario scenario) =>
        scenario.LatencyP99 is { } p99 ? $"log-normal, median {Time(scenario.Latency)}, 99th percentile {Time(p99)}"
        : scenario.LatencyJitter > TimeSpan.Zero ? $"uniform, {Time(scenario.Latency)} ± {Time(scenario.LatencyJitter)}"
        : $"constant, {Time(scenario.Latency)}";

    private static string Time(TimeSpan time) => Phrase.Amount(time.TotalMilliseconds) + " ms";
}

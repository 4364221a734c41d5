using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Reports;

/// <summary>A scenario in words: what was asked of the server.</summary>
/// <param name="For">The variants it was asked for; null when it was asked for all rows.</param>
/// <param name="Facts">What was asked, and how long a request then took.</param>
internal sealed record ScenarioText(string? For, IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    /// <summary>Every scenario of a suite's rows, once each, in table order.</summary>
    public static IReadOnlyList<ScenarioText> Of(SuiteAnalysis suite)
    {
        var scenarios = suite.Rows.GroupBy(row => row.Row.Scenario ?? suite.Suite.Scenario).ToArray();
        return scenarios.Length == 0 ? [new(null, Of(suite.Suite.Scenario))]
            : [.. scenarios.Select(rows => new ScenarioText(
                scenarios.Length == 1 ? null : ReportFormat.List([.. rows.Select(row => row.Row.Variant ?? row.FullName).Distinct()]),
                [.. Of(rows.Key), .. Seen(rows)]))];
    }

    private static IEnumerable<KeyValuePair<string, string>> Seen(IEnumerable<CaseAnalysis> rows)
    {
        var times = rows.Select(row => row.Row.ServiceTime).OfType<double>().ToArray();
        if (times.Length > 0)
            yield return new("Service time seen", $"median of the rows {ReportFormat.Time(Statistics.Median(times))}, from {ReportFormat.Time(times.Min())} to {ReportFormat.Time(times.Max())}");
    }

    private static List<KeyValuePair<string, string>> Of(Scenario scenario)
    {
        List<KeyValuePair<string, string>> facts = [new("Latency asked", Latency(scenario))];
        if (scenario.ConnectLatency > TimeSpan.Zero) facts.Add(new("Each new connection", Time(scenario.ConnectLatency)));
        facts.Add(new("Pages", $"/jython {ReportFormat.Amount(scenario.JythonBytes)} bytes, /dice {ReportFormat.Amount(scenario.DiceBytes)} bytes"));
        if (scenario.Capacity is { } capacity)
            facts.Add(new("Capacity", $"{ReportFormat.Amount(capacity)} at once, {(scenario.Queue is { } queue ? $"{ReportFormat.Amount(queue)} wait, past that 503" : "the others wait")}"));
        if (scenario.RateLimit is { } rate) facts.Add(new("Rate limit", $"{ReportFormat.Amount(rate)} requests per second, past that 429"));
        if (scenario.FaultShare > 0) facts.Add(new("Faults", $"{ReportFormat.Percent(scenario.FaultShare)} of the requests ({scenario.Faults})"));
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

    private static string Time(TimeSpan time) => ReportFormat.Amount(time.TotalMilliseconds) + " ms";
}

using System.Globalization;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A scenario in words: what was asked of the server, and what it did.</summary>
/// <param name="For">The variants it was for; null when it was for all rows.</param>
/// <param name="Facts">Names and values, in the order to show.</param>
public sealed record ScenarioDescription(string? For, IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    private const int MaxNamedPages = 4;

    /// <summary>The heading of the facts.</summary>
    public string Title => For is null ? "Server settings" : $"Server settings for {For}";

    /// <summary>Every scenario of a suite's rows, once each, in table order.</summary>
    public static IReadOnlyList<ScenarioDescription> ForSuite(SuiteAnalysis suite)
    {
        var scenarios = suite.Rows.GroupBy(row => row.Result.Scenario ?? suite.Result.Scenario).ToArray();
        if (scenarios.Length == 0) return [new(null, Settings(suite.Result.Scenario, hasLarge: false))];
        return
        [
            .. scenarios.Select(rows => new ScenarioDescription(
                NamesOf(rows), [.. Settings(rows.Key, rows.Any(row => row.Result.Page == Page.Large)), .. ObservedServiceTime(rows)])),
        ];

        string? NamesOf(IEnumerable<CaseAnalysis> rows) =>
            scenarios.Length == 1 ? null : ReportFormat.List([.. rows.Select(row => row.Result.Variant ?? row.FullName).Distinct()]);
    }

    private static IEnumerable<KeyValuePair<string, string>> ObservedServiceTime(IEnumerable<CaseAnalysis> rows)
    {
        var latencies = rows.Select(row => row.Figures.LatencyMs).OfType<double>().ToArray();
        var times = rows.Select(row => row.Figures.ServiceTimeMs).OfType<double>().ToArray();
        if (latencies.Length > 0) yield return new("Latency drawn", $"median of the rows {ReportFormat.Time(latencies.Median())}");
        if (times.Length > 0)
        {
            var range = $"from {ReportFormat.Time(times.Min())} to {ReportFormat.Time(times.Max())}";
            yield return new("Service time seen", $"median of the rows {ReportFormat.Time(times.Median())}, {range}");
        }
    }

    private static List<KeyValuePair<string, string>> Settings(Scenario scenario, bool hasLarge)
    {
        List<KeyValuePair<string, string>> facts = [new("Latency asked", Latency(scenario))];
        if (scenario.ConnectLatency > TimeSpan.Zero) facts.Add(new("Each new connection", Milliseconds(scenario.ConnectLatency)));
        facts.Add(new("Pages", scenario.Pages is { } pages ? Pages(pages) : ArticlePages(scenario, hasLarge)));
        if (scenario.Capacity is { } capacity) facts.Add(new("Capacity", $"{ReportFormat.Number(capacity)} at once, {Queue(scenario)}"));
        if (scenario.RateLimit is { } rate)
            facts.Add(new("Rate limit", $"{ReportFormat.Number(rate)} requests per second, past that 429{Burst(scenario)}"));
        if (scenario.FaultShare > 0)
            facts.Add(new("Faults", $"{ReportFormat.Percent(scenario.FaultShare)} of the requests ({scenario.Faults})"));
        facts.Add(new("Protocol", Protocol(scenario)));
        facts.Add(new("Seed", scenario.Seed.ToString(CultureInfo.InvariantCulture)));
        return facts;
    }

    private static string ArticlePages(Scenario scenario, bool hasLarge)
    {
        var large = hasLarge ? $", /large {ReportFormat.Number(Scenario.LargeBytes)} bytes" : "";
        return $"/jython {ReportFormat.Number(scenario.JythonBytes)} bytes, /dice {ReportFormat.Number(scenario.DiceBytes)} bytes{large}";
    }

    /// <summary>A few pages one by one, of many their sizes.</summary>
    private static string Pages(ScenarioPages pages)
    {
        if (pages.Count <= MaxNamedPages)
            return string.Join(", ", pages.Select(page => $"{page.Path} {ReportFormat.Number(page.Bytes)} bytes"));
        var sizes = pages.Select(page => (double)page.Bytes).ToArray();
        return $"{ReportFormat.Number(pages.Count)} of {ReportFormat.Number(sizes.Min())} to {ReportFormat.Number(sizes.Max())} bytes, "
            + $"median {ReportFormat.Number(sizes.Median())}";
    }

    private static string Burst(Scenario scenario) =>
        scenario.RateBurst is { } burst ? $"; a token bucket of {ReportFormat.Number(burst)}" : "";

    private static string Latency(Scenario scenario)
    {
        if (scenario.LatencyQuantiles is { } table)
        {
            return $"a table of {table.Values.Count} quantiles from {Milliseconds(table.Values[0])} to {Milliseconds(table.Values[^1])}, "
                + $"median {Milliseconds(table.Median)}, 90th percentile {Milliseconds(table.At(0.9))}";
        }

        if (scenario.LatencyP99 is { } p99)
            return $"log-normal, median {Milliseconds(scenario.Latency)}, 99th percentile {Milliseconds(p99)}";
        return scenario.LatencyJitter > TimeSpan.Zero
            ? $"uniform, {Milliseconds(scenario.Latency)} ± {Milliseconds(scenario.LatencyJitter)}"
            : $"constant, {Milliseconds(scenario.Latency)}";
    }

    private static string Queue(Scenario scenario) =>
        scenario.Queue is { } queue ? $"{ReportFormat.Number(queue)} wait, past that 503" : "the others wait";

    private static string Protocol(Scenario scenario) => scenario.Protocol switch
    {
        WireProtocol.Http2 => "HTTP/2 in clear text",
        WireProtocol.Https => "HTTP/1.1 over TLS",
        _ => "HTTP/1.1 in clear text",
    };

    private static string Milliseconds(TimeSpan time) => ReportFormat.Number(time.TotalMilliseconds) + " ms";
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Reports;

/// <summary>The tables of a calibration, the same in every view.</summary>
internal static class CalibrationTables
{
    private const int MaxPages = 20;
    private const string NotKnown = "not known";

    /// <summary>How a protocol is named.</summary>
    public static string NameOf(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Http2 => "HTTP/2",
        WireProtocol.Https => "HTTP/1.1 over TLS",
        _ => "HTTP/1.1",
    };

    /// <summary>The ends of a prediction's interval.</summary>
    public static string RangeOf(Prediction prediction) =>
        $"{ReportFormat.Time(prediction.LowMs)} to {ReportFormat.Time(prediction.HighMs)}";

    /// <summary>What was learnt, each figure with its interval where it has one.</summary>
    public static ReportTable Figures(ServerFit fit) => new(
        "Figures",
        [new("Figure", false), new("Value", true), new("95 % interval", true)],
        [.. FiguresOf(fit).Select(row => (IReadOnlyList<TableCell>)[new(row.Name), new(row.Value), new(row.Interval)])]);

    /// <summary>The figures that the findings do not name, a line each: the rate, connections and failures.</summary>
    public static IEnumerable<string> SecondaryFigures(ServerFit fit)
    {
        foreach (var figures in (IEnumerable<(string Name, string Value, string Interval)>[])[RateOf(fit), ConnectionOf(fit)])
        {
            var line = string.Join("; ", figures.Select(one => $"{one.Name} {one.Value}{InParentheses(one.Interval)}"));
            if (line.Length > 0) yield return $"{line}.";
        }

        yield return $"Share of failures {ReportFormat.Percent(fit.FaultShare.Value)} ({Percents(fit.FaultShare)}).";
    }

    /// <summary>What was seen with each number of workers.</summary>
    public static ReportTable Levels(ServerFit fit) => new(
        "What was seen with each number of workers",
        [
            new("Workers", true), new("Requests", true), new("Refused", true), new("Requests/s", true),
            new("Median ms", true, "The median duration of a successful request."),
        ],
        [.. fit.Levels.Select(level => (IReadOnlyList<TableCell>)
        [
            Number(level.Workers), Number(level.Requests), Number(level.Refused), ThreeDigits(level.RequestsPerSecond),
            ThreeDigits(level.MedianMs),
        ])]);

    /// <summary>How long a list of downloads will take.</summary>
    public static ReportTable Predictions(CalibrationResult result) => new(
        "Predicted makespan",
        [new("Workers", true), new("Downloads", true), new("Makespan", true), new("90 % interval", true)],
        [.. result.Predictions.Select(prediction => (IReadOnlyList<TableCell>)
        [
            Number(prediction.Workers) with { Marks = prediction.Workers == result.Recommendation.Workers ? ["recommended"] : [] },
            Number(prediction.Downloads),
            new(ReportFormat.Time(prediction.MakespanMs), prediction.MakespanMs),
            new(RangeOf(prediction), prediction.LowMs),
        ])]);

    /// <summary>The first pages of the server.</summary>
    public static ReportTable Pages(ServerFit fit) => new(
        "Pages",
        [new("Path", false), new("Bytes", true)],
        [.. fit.Pages.Take(MaxPages)
            .Select(page => (IReadOnlyList<TableCell>)[new(CalibrationText.Printable(page.Path)), Number(page.Bytes)])]);

    /// <summary>How many pages the table leaves out, a sentence; null for none.</summary>
    public static string? OtherPages(ServerFit fit) =>
        fit.Pages.Count > MaxPages ? $"{ReportFormat.Pluralize(fit.Pages.Count - MaxPages, "further page")}, all in the scenario." : null;

    private static IEnumerable<(string Name, string Value, string Interval)> FiguresOf(ServerFit fit)
    {
        yield return ("Mean service time", ReportFormat.Time(fit.MeanLatencyMs.Value), CalibrationText.Range(fit.MeanLatencyMs, " ms"));
        foreach (var (name, probability) in ((string, double)[])
            [("minimum", 0), ("median", 0.5), ("90th percentile", 0.9), ("99th percentile", 0.99), ("maximum", 1)])
        {
            var interval = QuantileInterval(fit, probability);
            yield return ($"Service time, {name}", ReportFormat.Time(fit.Latency.At(probability).TotalMilliseconds), interval);
        }

        var variation = fit.VariationInterval;
        yield return ("Coefficient of variation", ReportFormat.ThreeDigits(fit.CoefficientOfVariation), VariationRange(variation));
        yield return ("Requests that the mean within 5 % takes", ReportFormat.Number(fit.RequestsForFivePercent),
            RequestsRange(variation));
        if (fit.Capacity is { } capacity)
            yield return ("Served at once", ReportFormat.Number(capacity.Value), CalibrationText.Range(capacity));
        if (fit.Queue is { } queue)
        {
            var atLeast = fit.QueueIsLowerBound ? "at least " : "";
            yield return ("Waiting at once", atLeast + ReportFormat.Number(queue), "");
        }

        foreach (var figure in RateOf(fit)) yield return figure;
        foreach (var figure in ConnectionOf(fit)) yield return figure;
        yield return ("Share of failures", ReportFormat.Percent(fit.FaultShare.Value), Percents(fit.FaultShare));
        yield return ("Pages", ReportFormat.Number(fit.Pages.Count), "");
        yield return ("Protocol", NameOf(fit.Protocol), "");
    }

    private static IEnumerable<(string Name, string Value, string Interval)> RateOf(ServerFit fit)
    {
        if (fit.RateLimitPerSecond is { } rate)
        {
            yield return ("Requests per second", ReportFormat.ThreeDigits(rate.Value), CalibrationText.Range(rate));
            yield return ("Requests at once within the rate",
                fit.RateBurst is { } burst ? ReportFormat.Number(burst) : "those of a window", "");
        }

        if (fit.RetryAfter is { } wait) yield return ("Wait asked for after a refusal", ReportFormat.Time(wait.TotalMilliseconds), "");
    }

    private static IEnumerable<(string Name, string Value, string Interval)> ConnectionOf(ServerFit fit)
    {
        if (fit.ConnectLatencyMs is { } connect)
            yield return ("A new connection takes", ReportFormat.Time(connect.Value), CalibrationText.Range(connect, " ms"));
        if (fit.DnsMs is { } dns) yield return ("DNS, median", ReportFormat.Time(dns), MedianInterval(fit.DnsInterval));
        if (fit.TcpMs is { } tcp) yield return ("TCP, median", ReportFormat.Time(tcp), MedianInterval(fit.TcpInterval));
        if (fit.TlsMs is { } tls) yield return ("TLS, median", ReportFormat.Time(tls), MedianInterval(fit.TlsInterval));
    }

    private static string MedianInterval(Interval? interval) =>
        interval is null ? NotKnown : CalibrationText.Range(interval, " ms");

    /// <summary>The interval of a quantile, or the one end of it that is known: where there are few samples, and of the extremes.</summary>
    private static string QuantileInterval(ServerFit fit, double probability)
    {
        // Of a scenario all is known.
        if (fit.LatencySamples is not { } samples) return "";
        var (lowRank, highRank) = OrderStatistics.GetRanks(samples, probability);
        var (low, high) = (TimeOf(lowRank), TimeOf(highRank));
        if (lowRank is null && highRank is null) return NotKnown;
        if (lowRank is null) return $"at most {ReportFormat.Time(high)}";
        if (highRank is null) return $"at least {ReportFormat.Time(low)}";
        return CalibrationText.Range(new Interval(low, low, high), " ms");

        double TimeOf(int? rank) => fit.Latency.At(((rank ?? 1) - 1.0) / Math.Max(1, samples - 1)).TotalMilliseconds;
    }

    private static string VariationRange(Interval? variation) =>
        variation is null ? "" : $"{ReportFormat.ThreeDigits(variation.Low)} to {ReportFormat.ThreeDigits(variation.High)}";

    private static string RequestsRange(Interval? variation)
    {
        if (variation is null) return "";
        var low = ServiceTimes.GetRequestsForFivePercent(variation.Low);
        return CalibrationText.Range(new Interval(low, low, ServiceTimes.GetRequestsForFivePercent(variation.High)));
    }

    private static string InParentheses(string interval) => interval is "" or NotKnown ? "" : $" ({interval})";

    private static string Percents(Interval share) => $"{ReportFormat.Percent(share.Low)} to {ReportFormat.Percent(share.High)}";

    private static TableCell Number(double value) => new(ReportFormat.Number(value), value);

    private static TableCell ThreeDigits(double value) => new(ReportFormat.ThreeDigits(value), value);
}

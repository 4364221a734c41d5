using System.Globalization;
using System.Text.Json;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Calibration;

namespace Downloader.Benchmarks.Reports;

/// <summary>The charts of a calibration: the fit over what was seen, and the predictions.</summary>
internal static class CalibrationCharts
{
    private const int Steps = 100;
    private const int MinAlone = 10;
    private const double LinearUpTo = 4;

    // The default encoder escapes <, > and &: no name can end the script element it stands in.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly SeriesStyle Curve = new(1, null, "solid");
    private static readonly SeriesStyle Points = new(1, "circle", null);
    private static readonly SeriesStyle Fitted = new(2, null, "dash");

    /// <summary>As JSON for the script of the page: a suite without rows.</summary>
    public static string CreateData(CalibrationResult result)
    {
        var suites = new[] { new { Charts = Create(result), Waterfall = (Waterfall?)null } };
        return JsonSerializer.Serialize(new { Suites = suites, Outcomes = Array.Empty<string>() }, Json);
    }

    /// <summary>Those for which there are data.</summary>
    public static IReadOnlyList<Chart> Create(CalibrationResult result)
    {
        Chart[] all = [Latencies(result), Throughput(result), Medians(result), Makespans(result)];
        return [.. all.Where(chart => chart.HasData)];
    }

    private static LineChart Latencies(CalibrationResult result)
    {
        var fit = result.Fit;
        var observed = UnloadedMs(result);
        var shares = Enumerable.Range(0, Steps + 1).Select(step => (double)step / Steps).ToArray();
        var points = observed.Length == 0 ? [] : shares.Select(share => Quantile(share, observed[(int)(share * (observed.Length - 1))]));
        var replayed = shares.Select(share => fit.Latency.At(share).TotalMilliseconds).ToArray();
        return new LineChart(
            "Service time: so many percent of the requests took at most so long, as observed and as replayed.",
            new Axis("Percent of requests"),
            new Axis("Service time, ms", IsWide(replayed)),
            [new LineSeries("observed", Curve, XFactor: 1, [.. points])])
        {
            Guides = [new GuideLine("replayed", Fitted, [.. shares.Select(share => share * 100)], replayed)],
        };

        static ChartPoint Quantile(double share, double ms)
        {
            var percent = (share * 100).ToString("0", CultureInfo.InvariantCulture);
            return new ChartPoint(share * 100, ms, null, ["observed", $"{percent} % took at most {ReportFormat.Time(ms)}"]);
        }
    }

    private static LineChart Throughput(CalibrationResult result) => Levels(
        result,
        "Throughput against workers, as seen and as the fit has it.",
        "Requests/s",
        level => level.RequestsPerSecond,
        workers => ThroughputOf(result.Fit, workers));

    private static LineChart Medians(CalibrationResult result) => Levels(
        result,
        "Median duration of a request against workers, as seen and as the fit has it.",
        "Median, ms",
        level => level.MedianMs,
        workers => MedianMsOf(result.Fit, workers));

    private static LineChart Makespans(CalibrationResult result)
    {
        var groups = result.Predictions.GroupBy(prediction => prediction.Downloads).ToArray();
        return new LineChart(
            "Predicted makespan against workers, with 90 % intervals.",
            new Axis("Workers", IsLogarithmic: true),
            new Axis("Makespan, s", IsWide([.. result.Predictions.Select(prediction => prediction.MakespanMs)])),
            [.. groups.Select((group, place) => new LineSeries(
                ReportFormat.Pluralize(group.Key, "download"),
                SeriesStyle.ForLine(place + 1, StrategyKind.Asynchronous),
                XFactor: 1,
                [.. group.OrderBy(prediction => prediction.Workers).Select(Point)]))])
        {
            Mark = new VerticalMark(result.Recommendation.Workers, "recommended"),
        };

        static ChartPoint Point(Prediction prediction) => new(
            prediction.Workers,
            prediction.MakespanMs / 1000,
            (prediction.HighMs - prediction.MakespanMs) / 1000,
            [
                ReportFormat.Pluralize(prediction.Workers, "worker"),
                ReportFormat.Time(prediction.MakespanMs),
                $"90 % interval {CalibrationTables.RangeOf(prediction)}",
            ])
        {
            ErrorBelow = (prediction.MakespanMs - prediction.LowMs) / 1000,
        };
    }

    private static bool IsWide(double[] values) => values.Length > 0 && values.Max() > LinearUpTo * values.Min();

    private static LineChart Levels(
        CalibrationResult result, string caption, string title, Func<LevelFigures, double> seen, Func<double, double> fitted)
    {
        var levels = result.Fit.Levels;
        var most = levels.Select(level => level.Workers).DefaultIfEmpty(1).Max();
        // As many steps between two powers of two: the axis is logarithmic.
        double[] workers = [.. Enumerable.Range(0, Steps + 1).Select(step => Math.Pow(most, (double)step / Steps))];
        return new LineChart(
            caption,
            new Axis(result.Observations.Kind == CalibrationSource.Live ? "Workers" : "Requests in flight", IsLogarithmic: true),
            new Axis(title),
            [new LineSeries("seen", Points, XFactor: 1, [.. levels.Select(Point)])])
        {
            Guides = [new GuideLine("fit", Fitted, workers, [.. workers.Select(fitted)])],
        };

        ChartPoint Point(LevelFigures level) => new(
            level.Workers,
            seen(level),
            null,
            [
                ReportFormat.Pluralize(level.Workers, "worker"), $"{title} {ReportFormat.ThreeDigits(seen(level))}",
                $"{ReportFormat.Pluralize(level.Requests, "request")}, {ReportFormat.Number(level.Refused)} refused",
            ]);
    }

    private static double ThroughputOf(ServerFit fit, double workers)
    {
        var served = Math.Min(workers, fit.Capacity?.Value ?? workers);
        var perSecond = served / fit.MeanLatencyMs.Value * 1000;
        return Math.Min(perSecond, fit.RateLimitPerSecond?.Value ?? perSecond);
    }

    // With more workers than are served at once, each request also waits for its turn.
    private static double MedianMsOf(ServerFit fit, double workers)
    {
        var turns = fit.Mechanism == Mechanism.Queue ? Math.Max(1, workers / (fit.Capacity?.Value ?? workers)) : 1;
        return fit.Latency.At(0.5).TotalMilliseconds * turns;
    }

    /// <summary>Durations that tell the service time: of single requests or, where there are few, of all within the capacity.</summary>
    private static double[] UnloadedMs(CalibrationResult result)
    {
        var usable = result.Observations.Requests
            .Where(request => request is { Outcome: ObservedOutcome.Succeeded, NewConnection: null })
            .ToArray();
        var alone = usable.Where(request => request.Workers == 1).ToArray();
        var withinCapacity = usable.Where(request => request.Workers <= (result.Fit.Capacity?.Value ?? double.MaxValue)).ToArray();
        var chosen = alone.Length >= MinAlone ? alone : withinCapacity;
        return [.. chosen.Select(request => request.Duration.TotalMilliseconds).Order()];
    }
}

using System.Globalization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Calibration;

namespace Downloader.Benchmarks.Reports;

/// <summary>What a calibration says, in sentences that every view shares. Text from outside, such as a host, is printable.</summary>
internal static class CalibrationText
{
    /// <summary>The title.</summary>
    public static string Title(CalibrationResult result) => $"Calibration of {Source(result)}";

    /// <summary>Who was watched, when, and by how many requests.</summary>
    public static string Subtitle(CalibrationResult result) =>
        $"{Date(result.Observations)} · {ReportFormat.Pluralize(result.Observations.Requests.Count, "request")} · {Origin(result)}";

    /// <summary>What was found: what limits the server, and how long a request takes.</summary>
    public static IEnumerable<string> Findings(CalibrationResult result)
    {
        yield return Limit(result);
        var fit = result.Fit;
        yield return $"A request takes {ReportFormat.Time(fit.MeanLatencyMs.Value)} on average (95 % interval "
            + $"{Range(fit.MeanLatencyMs, " ms")}), {ReportFormat.Time(fit.Latency.At(0.5).TotalMilliseconds)} in the median, "
            + $"{ReportFormat.Time(fit.Latency.At(0.99).TotalMilliseconds)} at the 99th percentile.";
    }

    /// <summary>How many workers to take, and why.</summary>
    public static string Recommendation(CalibrationResult result)
    {
        var recommendation = result.Recommendation;
        var pace = recommendation.RatePerSecond is { } rate ? $", at most {Rate(rate)} requests per second" : "";
        return $"Take {ReportFormat.Pluralize(recommendation.Workers, "worker")}{pace}. {Printable(recommendation.Reason)}";
    }

    /// <summary>Where the requests come from, and how they ended.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Facts(CalibrationResult result)
    {
        var seen = result.Observations;
        yield return new(seen.Kind == CalibrationSource.Live ? "Server" : "Source", Source(result));
        yield return new("Date", Date(seen));
        yield return new("Requests", $"{ReportFormat.Number(seen.Requests.Count)}, {Origin(result)}");
        yield return new("Outcomes", string.Join(", ", seen.Requests.GroupBy(request => request.Outcome).OrderBy(group => group.Key)
            .Select(group => $"{ReportFormat.Number(group.Count())} {NameOf(group.Key)}")));
        yield return new("Protocol", CalibrationTables.NameOf(seen.Protocol));
        yield return new("At most in flight", seen.MaxWorkers > 0 ? ReportFormat.Number(seen.MaxWorkers) : "not known");
        if (!seen.HasPreciseTimes) yield return new("Times", "known to the second");
    }

    /// <summary>What a reader must know of how the requests came about.</summary>
    public static IEnumerable<string> Notes(CalibrationResult result) => result.Observations.Notes.Select(Printable);

    /// <summary>What the calibration cannot know.</summary>
    public static IEnumerable<string> Limits(CalibrationResult result) => result.Fit.Limits.Select(Printable);

    /// <summary>The command lines that follow, each with what it does.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="scenario">The name of the scenario file.</param>
    public static IEnumerable<KeyValuePair<string, string>> Commands(CalibrationResult result, string scenario)
    {
        var file = Quote(scenario);
        var (workers, rate) = (result.Recommendation.Workers, result.Recommendation.RatePerSecond);
        var pace = rate is null ? "" : $" --rate {Rate(rate.Value)}";
        var downloads = result.Predictions.Select(prediction => prediction.Downloads).FirstOrDefault(200);
        yield return new("Download with what is recommended:", $"downloader --workers {workers} --retry 10{pace} --input urls.txt");
        yield return new("Compare the strategies on this server's replay:",
            $"dotnet run -c Release --project benchmarks -- --scenario {file}");
        yield return new("Replay the server alone:", $"dotnet run -c Release --project mock-server -- --scenario {file}");
        yield return new("Hold the prediction against the server:", "dotnet run -c Release --project benchmarks -- calibrate "
            + $"--check {file} --downloads {downloads} --workers {workers} URL…");
    }

    /// <summary>The ends of an interval.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="unit">What stands behind the second end.</param>
    public static string Range(Interval interval, string unit = "") =>
        $"{ReportFormat.Number(interval.Low)} to {ReportFormat.Number(interval.High)}{unit}";

    /// <summary>Text of unknown origin on one line.</summary>
    public static string Printable(string text) => PrintableText.Escape(text, 2000);

    private static string Limit(CalibrationResult result)
    {
        var fit = result.Fit;
        switch (fit.Mechanism)
        {
            case Mechanism.Queue:
                return $"The server serves {Count(fit.Capacity)} at once; others wait{Waiting(fit)}.";
            case Mechanism.Refusal:
                return $"The server serves {Count(fit.Capacity)} at once; it refuses others with 503.";
            case Mechanism.Rate:
                var burst = fit.RateBurst is { } tokens ? $", {ReportFormat.Number(tokens)} at once" : ", counted within a window";
                return $"The server accepts {Count(fit.RateLimitPerSecond)} per second{burst}; it refuses others with 429.";
            default:
                var most = result.Observations.MaxWorkers;
                return most > 0 ? $"No limit was seen with up to {ReportFormat.Pluralize(most, "request")} at once." : "No limit was seen.";
        }
    }

    // As the option takes it, and not rounded up: a limit lies just above.
    private static string Rate(double perSecond) =>
        (Math.Floor(perSecond * 1000) / 1000).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Count(Interval? limit) => limit is null ? "some requests" : ReportFormat.Pluralize(limit.Value, "request");

    private static string Waiting(ServerFit fit)
    {
        if (fit.Queue is not { } queue || queue == 0) return "";
        var bound = fit.QueueIsLowerBound ? "at least" : "up to";
        return $", {bound} {ReportFormat.Number(queue)} of them";
    }

    private static string Origin(CalibrationResult result) => result.Observations.Kind switch
    {
        CalibrationSource.Live => "sent by the calibration",
        CalibrationSource.Har => "recorded by a browser (HAR)",
        _ => "from the server's access log",
    };

    private static string Source(CalibrationResult result) => Printable(result.Observations.Source);

    private static string Date(Observations seen) => seen.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(ObservedOutcome outcome) => outcome switch
    {
        ObservedOutcome.Succeeded => "succeeded",
        ObservedOutcome.Refused => "refused (503)",
        ObservedOutcome.RateLimited => "refused for their rate (429)",
        ObservedOutcome.TimedOut => "timed out",
        _ => "failed",
    };

    // A shell must not interpret what is in a file's name.
    private static string Quote(string file)
    {
        var printable = Printable(file);
        var isPlain = printable.All(character => char.IsAsciiLetterOrDigit(character) || "._-/".Contains(character));
        return isPlain ? printable : $"'{printable.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What can be said where the server refused, or downloads failed. Nothing is recommended from times that failures
/// decided.</summary>
internal static class FailureConclusion
{
    /// <summary>Where a limit on requests per second refused requests: no number of workers keeps to a rate.</summary>
    public static Conclusion ForRateLimit(SuiteAnalysis suite, ISuiteInterpretation interpretation)
    {
        var limited = suite.CompletedRows.Where(row => row.MetRateLimit).ToArray();
        var worst = limited.MaxBy(row => row.Figures.CountOf(RequestOutcome.RateLimited) / row.Figures.Attempts)!;
        var rate = worst.Scenario.RateLimit;
        var limit = rate is { } known ? $"{ReportFormat.Number(known)} requests/s" : "requests per second";
        List<string> sentences =
        [
            $"Workers are the wrong knob here: the server's limit of {limit} decides.",
            $"It refused requests (429) in {ReportFormat.Pluralize(limited.Length, "row")} of {suite.CompletedRows.Count()}, most with "
                + $"{worst.FullName}: {ReportFormat.Number(worst.Figures.CountOf(RequestOutcome.RateLimited)!.Value)} of "
                + $"{ReportFormat.Pluralize(worst.Figures.Attempts!.Value, "request")}.",
        ];
        var serviceTimeMs = MeanServiceTimeMs(suite, limited);
        if (rate is { } perSecond && serviceTimeMs is not null)
        {
            var serviceTime = serviceTimeMs.Value;
            sentences.Add($"By Little's law about {ReportFormat.ThreeDigits(perSecond * serviceTime / 1000)} requests in flight make "
                + $"{ReportFormat.Number(perSecond)} a second at {ReportFormat.Time(serviceTime)} each; more exceed it, unless paced.");
        }

        sentences.AddRange(interpretation.DescribeRateLimited(suite));
        sentences.Add("Pace the requests below that rate and honour Retry-After. No worker count is recommended.");
        sentences.AddRange(ServerLimits.Describe(suite, []));
        return new Conclusion(sentences);
    }

    /// <summary>What the server takes for a request of these rows; null where it is not known. The log has the waits for the server's
    /// capacity in it: rows that met that say nothing, and where all of these did, others that did not stand for them.</summary>
    private static double? MeanServiceTimeMs(SuiteAnalysis suite, CaseAnalysis[] limited)
    {
        var times = TimesOf(limited);
        if (times.Length == 0) times = TimesOf(suite.CompletedRows);
        return times.Length > 0 ? times.Average() : null;

        static double[] TimesOf(IEnumerable<CaseAnalysis> rows) =>
            [.. rows.Where(row => !row.MetCapacity).Select(row => row.Figures.MeanServiceTimeMs).OfType<double>()];
    }

    /// <summary>How many rows had failed downloads, and the worst; null when none had.</summary>
    public static string? Describe(SuiteAnalysis suite)
    {
        var failed = suite.CompletedRows.Where(row => row.Failed > 0).ToArray();
        if (failed.MaxBy(row => row.Failed / row.Result.Downloads) is not { } worst) return null;
        return $"Downloads failed in {ReportFormat.Pluralize(failed.Length, "row")} of {suite.CompletedRows.Count()}, most with "
            + $"{worst.FullName}: {SentenceFragments.Failures(worst)}; such times are not compared.";
    }
}

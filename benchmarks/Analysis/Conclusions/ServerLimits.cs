using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>The limits of the server that the log of a suite shows. A limit that no row met is never named.</summary>
public static class ServerLimits
{
    private static readonly RequestOutcome[] Faults = [.. Enum.GetValues<RequestOutcome>().Where(outcome => outcome.IsFault())];

    /// <summary>Whether any row met a limit on what is served at once, or on requests per second.</summary>
    public static bool WereMet(SuiteAnalysis suite) => suite.CompletedRows.Any(row => row.MetCapacity || row.MetRateLimit);

    /// <summary>"the server serves 16 at once".</summary>
    public static string Capacity(CaseAnalysis row) => $"the server serves {ReportFormat.Number(row.Scenario.Capacity!.Value)} at once";

    /// <summary>A sentence for each limit that rows met and for faults, as far as no sentence names the capacity already.</summary>
    public static IEnumerable<string> Describe(SuiteAnalysis suite, IEnumerable<string> sentences)
    {
        var rows = suite.CompletedRows.Where(row => row.MetCapacity).ToArray();
        var isNamed = rows.Length == 0
            || sentences.Any(sentence => sentence.Contains(Capacity(rows[0]), StringComparison.OrdinalIgnoreCase));
        if (!isNamed) yield return CapacityMet(rows);
        if (FaultsMadeDownloadsFail(suite)) yield return "The server's faults made requests fail: retries answer those (--retry).";
    }

    private static string CapacityMet(CaseAnalysis[] rows)
    {
        var limit = Capacity(rows[0]);
        var refused = rows.Where(row => row.Figures.CountOf(RequestOutcome.Refused) > 0).ToArray();
        return refused.Length > 0
            ? $"T{limit[1..]}, lets {ReportFormat.Number(refused[0].Scenario.Queue ?? 0)} wait and refused the rest (503)."
            : $"T{limit[1..]}: the other requests of {Name(rows)} waited.";
    }

    private static string Name(CaseAnalysis[] rows) => rows.Length == 1 ? rows[0].FullName : $"{ReportFormat.Number(rows.Length)} rows";

    /// <summary>Not where retries are at work already: then downloads fail all the same.</summary>
    private static bool FaultsMadeDownloadsFail(SuiteAnalysis suite) => suite.CompletedRows.Any(row => row.Failed > 0
        && Faults.Any(fault => row.Figures.CountOf(fault) > 0))
        && !suite.CompletedRows.Any(HasRetried);

    /// <summary>The client itself sends a request again whose answer was empty.</summary>
    private static bool HasRetried(CaseAnalysis row) =>
        row.Figures.Attempts > row.Result.Downloads + row.Figures.CountOf(RequestOutcome.Empty);
}

using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>What the audit of a suite found.</summary>
/// <param name="Sentence">A sentence for the whole suite.</param>
/// <param name="HasFailed">Whether any row failed; null without an audit.</param>
/// <param name="Findings">Each finding with the row it is about.</param>
internal sealed record AuditSummary(string Sentence, bool? HasFailed, IReadOnlyList<(string Row, string Finding)> Findings)
{
    public static AuditSummary Create(SuiteAnalysis suite)
    {
        var rows = suite.Rows.Count;
        var audited = suite.Rows.Count(row => row.Result.IsAudited);
        var failed = suite.Rows.Where(row => row.Result.AuditFindings.Count > 0).ToArray();
        if (failed.Length > 0)
        {
            return new AuditSummary(
                $"Audit: FAILED for {ReportFormat.Pluralize(failed.Length, "row")} of {rows}.",
                true,
                [.. failed.SelectMany(row => row.Result.AuditFindings.Select(finding => (row.FullName, finding)))]);
        }

        return audited == 0
            ? new AuditSummary("Audit: none, since the server kept no log of this suite.", null, [])
            : new AuditSummary($"Audit: passed for {ReportFormat.Pluralize(audited, "row")} of {rows}.", false, []);
    }
}

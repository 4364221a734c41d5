using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>The client's counts of downloads and bytes are those of the server.</summary>
internal static class ClientReportCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (iteration.Report is not { } report) yield break;
        var served = iteration.Count(RequestOutcome.Served);
        if (report.Succeeded != served) yield return $"the client reported {report.Succeeded} downloads, the server served {served}.";

        var accounted = report.Succeeded + report.Failed;
        if (accounted != iteration.Expected.Downloads)
            yield return $"expected a report of {iteration.Expected.Downloads} downloads, the client reported {accounted}.";

        var sent = iteration.Requests.Where(request => request.Outcome == RequestOutcome.Served).Sum(request => (long)request.BodyBytes);
        if (report.BytesRead != sent) yield return $"the client read {report.BytesRead} bytes, the server sent {sent}.";
    }
}

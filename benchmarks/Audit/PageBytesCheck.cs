using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Each page that was served has as many bytes as the scenario says.</summary>
internal static class PageBytesCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        var scenario = iteration.Expected.Scenario;
        foreach (var page in iteration.Expected.DownloadsByPage.Keys.Order())
        {
            var expected = scenario.GetBytes(page);
            var served = iteration.Requests.Where(request => request.Page == page && request.Outcome == RequestOutcome.Served);
            var others = served.Where(request => request.BodyBytes != expected).ToList();
            if (others.Count == 0) continue;
            yield return $"expected {expected} bytes of {RequestCountCheck.GetName(scenario, page)} each time, the server sent others "
                + $"{others.Count} times, at first {others[0].BodyBytes}.";
        }
    }
}

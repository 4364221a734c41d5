using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>All that is known of one iteration: what each check looks at.</summary>
/// <param name="Expected">What the case allows.</param>
/// <param name="Interval">When the iteration began and ended, on the server's clock.</param>
/// <param name="Requests">The requests of the iteration, in order of arrival.</param>
/// <param name="Report">What the client reported; null when it sent no report.</param>
internal sealed record AuditedIteration(
    Expectation Expected, IterationInterval Interval, IReadOnlyList<RequestRecord> Requests, ClientIterationReport? Report)
{
    public int Count(RequestOutcome outcome) => Requests.Count(request => request.Outcome == outcome);
}

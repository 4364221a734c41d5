using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>As many connections as the client policy and the protocol need, and one more for each that a fault broke.</summary>
internal static class ConnectionCheck
{
    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        var connections = iteration.Requests.DistinctBy(request => request.Connection).Count();
        if (iteration.Expected.HasConnectionPerRequest)
        {
            if (connections != iteration.Requests.Count)
                yield return $"expected a connection for each of {iteration.Requests.Count} requests, the server saw {connections}.";
            yield break;
        }

        var max = iteration.Expected.MaxConnections + BrokenConnections(iteration);
        if (connections > max) yield return $"expected at most {max} connections, the server saw {connections}.";
    }

    private static int BrokenConnections(AuditedIteration iteration)
    {
        // Over HTTP/2 a fault ends its stream, and the connection goes on.
        if (iteration.Expected.Protocol == WireProtocol.Http2) return 0;
        return iteration.Requests.Count(request => request.Outcome.EndsConnection());
    }
}

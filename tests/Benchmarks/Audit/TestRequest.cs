using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>Creates requests as a server records them.</summary>
public static class TestRequest
{
    /// <summary>A request in flight from one millisecond to another.</summary>
    public static RequestRecord Between(
        double arrived,
        double completed,
        Page page = Page.Dice,
        int iteration = 0,
        int connection = 1,
        RequestOutcome outcome = RequestOutcome.Served) => new(
        iteration,
        0,
        connection,
        page,
        WireProtocol.Http1,
        outcome,
        TimeSpan.FromMilliseconds(arrived),
        TimeSpan.FromMilliseconds(completed),
        TimeSpan.Zero,
        TimeSpan.Zero,
        TimeSpan.Zero,
        BodyBytes: outcome == RequestOutcome.Served ? 276 : 0);
}

using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Derives from a case what the server must see of it.</summary>
public static class ExpectationFactory
{
    /// <summary>The expectation of a case.</summary>
    public static Expectation Create(DownloadCase downloadCase)
    {
        ArgumentNullException.ThrowIfNull(downloadCase);
        var pages = downloadCase.Pages;
        return new Expectation
        {
            DownloadsByPage = Enumerable.Range(0, downloadCase.Downloads).CountBy(index => pages[index % pages.Count]).ToDictionary(),
            MaxInFlight = downloadCase.MaxInFlight,
            DecidesInFlight = downloadCase.DecidesInFlight,
            HasConnectionPerRequest = downloadCase.Clients == ClientPolicy.New,
            MaxConnections = MaxConnections(downloadCase),
            MaxRetries = downloadCase.MaxRetries,
            Scenario = downloadCase.Scenario,
            Protocol = downloadCase.Scenario.Protocol,
        };
    }

    private static int MaxConnections(DownloadCase downloadCase)
    {
        var sharesHandler = downloadCase.Clients is ClientPolicy.Shared or ClientPolicy.Factory or ClientPolicy.LoggedFactory;
        // SocketsHttpHandler keeps to one HTTP/2 connection a server and lets requests wait when its streams (100 of Kestrel's) are all in
        // use, unless EnableMultipleHttp2Connections is set, which the downloader does not.
        return sharesHandler && downloadCase.Scenario.Protocol == WireProtocol.Http2 ? 1 : downloadCase.MaxInFlight;
    }
}

using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server must have seen in each iteration of an honest case.</summary>
/// <param name="Requests">Requests per iteration, by page.</param>
/// <param name="Limit">The most in flight.</param>
/// <param name="Clients">The client policy, which decides how many connections there may be.</param>
/// <param name="Retries">Whether more requests than downloads are in order, because failed ones are tried again.</param>
/// <param name="Protocol">What must have been spoken.</param>
public sealed record Expectation(IReadOnlyDictionary<Page, int> Requests, int Limit, ClientPolicy Clients, bool Retries, WireProtocol Protocol)
{
    /// <summary>Downloads per iteration.</summary>
    public int Downloads => Requests.Values.Sum();

    /// <summary>What is expected of a case.</summary>
    public static Expectation Of(DownloadCase downloadCase)
    {
        ArgumentNullException.ThrowIfNull(downloadCase);
        var pages = downloadCase.Pages;
        return new(
            Enumerable.Range(0, downloadCase.Downloads).CountBy(index => pages[index % pages.Count]).ToDictionary(),
            downloadCase.Limit,
            downloadCase.Clients,
            downloadCase.Resilient,
            downloadCase.Scenario.Protocol);
    }
}

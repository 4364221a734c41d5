using Downloader.Benchmarks.Suites;
using Downloader.Lab;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server must have seen in each iteration of an honest case.</summary>
/// <param name="Downloads">Requests per iteration.</param>
/// <param name="Limit">The most in flight.</param>
/// <param name="Clients">The client policy, which decides how many connections there may be.</param>
/// <param name="Retries">Whether more requests than downloads are in order, because failed ones are tried again.</param>
/// <param name="Protocol">What must have been spoken.</param>
public sealed record Expectation(int Downloads, int Limit, ClientPolicy Clients, bool Retries, WireProtocol Protocol)
{
    /// <summary>What is expected of a case.</summary>
    public static Expectation Of(DownloadCase downloadCase, int downloads, WireProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(downloadCase);
        return new(downloads, downloadCase.Limit(downloads), downloadCase.Clients, downloadCase.Resilient, protocol);
    }
}

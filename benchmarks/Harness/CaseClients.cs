using Downloader.Benchmarks.Suites;
using Downloader.Lab;

namespace Downloader.Benchmarks.Harness;

internal static class CaseClients
{
    public static IClientSource Create(DownloadCase downloadCase, Scenario scenario, LabEndpoints endpoints, int downloads) => throw new NotImplementedException();
}

using Downloader.Benchmarks.Analysis;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>What each way of making a GET allocates. Alone, because the figure is that of the whole process.</summary>
[Collection(TestCollections.Alone)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class HttpClientAllocationTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    [Fact]
    public void A_way_allocates_what_it_hands_over()
    {
        var rows = LiveSuite.Analyse(server, "HttpClientUse", "--latency 2 --downloads 96").Rows;

        // A string holds two bytes for each character; the bytes it is made from lie in a pooled buffer.
        Assert.InRange(Allocated("GetStringAsync", Page.Large), 2 * Scenario.LargeBytes, 5 * Scenario.LargeBytes);
        Assert.InRange(Allocated("GetByteArrayAsync", Page.Large), Scenario.LargeBytes, 1.8 * Scenario.LargeBytes);
        Assert.InRange(Allocated("ResponseHeadersRead", Page.Large), 0, 0.3 * Scenario.LargeBytes);
        Assert.InRange(Allocated("AddDownloader()", Page.Large), 2 * Scenario.LargeBytes, 2.3 * Scenario.LargeBytes);
        Assert.True(Allocated("AddHttpClient() logged", Page.Dice) > 1.1 * Allocated("AddHttpClient()", Page.Dice));

        double Allocated(string way, Page page) => rows.Where(row => IsWay(row, way) && row.Result.Page == page)
            .Min(row => row.Figures.AllocatedBytesPerDownload)!.Value;
    }

    private static bool IsWay(CaseAnalysis row, string way) =>
        row.Result.Variant!.StartsWith($"{way}, ", StringComparison.Ordinal);
}

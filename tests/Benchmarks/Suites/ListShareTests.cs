using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Suites;

public sealed class ListShareTests
{
    private static readonly Scenario Slow = new() { Latency = TimeSpan.FromMilliseconds(40) };

    [Theory]
    [InlineData(128, 32)]
    [InlineData(160, 20)]
    [InlineData(36, 36)]
    [InlineData(130, 130)]
    public void A_long_list_of_constant_latency_is_halved_until_it_takes_a_second_and_a_half(int downloads, int expected)
    {
        var latency = TimeSpan.FromMilliseconds(downloads == 160 ? 50 : 40);
        var shortened = ListShare.Shorten(Sequential(Slow with { Latency = latency }, downloads));

        Assert.Equal(expected, shortened.Downloads);
        Assert.Equal(expected == downloads ? null : downloads, shortened.ListDownloads);
    }

    [Fact]
    public void A_list_is_never_shortened_below_eight_of_each_page() =>
        Assert.Equal(16, ListShare.Shorten(Sequential(Slow with { Latency = TimeSpan.FromSeconds(10) }, 128)).Downloads);

    [Fact]
    public void The_whole_list_runs_where_a_share_says_little_of_it() => Assert.All(
        [
            Slow with { LatencyP99 = TimeSpan.FromSeconds(1) },
            Slow with { LatencyQuantiles = new([Slow.Latency, Slow.Latency * 2]) },
            Slow with { LatencyJitter = TimeSpan.FromMilliseconds(10) },
            Slow with { RateLimit = 40 },
            Slow with { FaultShare = 0.1 },
        ],
        scenario => Assert.Null(ListShare.Shorten(Sequential(scenario, 128)).ListDownloads));

    private static DownloadCase Sequential(Scenario scenario, int downloads) => new("Sequential", null, scenario, downloads);
}

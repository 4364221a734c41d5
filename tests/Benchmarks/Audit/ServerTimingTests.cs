using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class ServerTimingTests
{
    [Fact]
    public void No_served_request_has_no_timing() => Assert.Null(ServerTimingCalculator.Calculate([Served.Between(0, 5, outcome: RequestOutcome.Refused)]));

    [Fact]
    public void The_delay_is_what_a_request_took_beyond_its_latency_and_its_wait_for_capacity()
    {
        var requests = Enumerable.Range(1, 20).Select(number => Asked(20, queued: 7, tookLonger: number));

        Assert.Equal(new ServerTiming(20, 30.5, 10.5, 19), ServerTimingCalculator.Calculate(requests));
    }

    [Theory]
    [InlineData(0, 0.9, false)]
    [InlineData(0, 1.1, true)]
    [InlineData(50, 2.4, false)]
    [InlineData(50, 2.6, true)]
    public void The_server_was_late_when_its_median_delay_is_above_a_millisecond_and_a_twentieth_of_the_latency(double latency, double delay, bool isLate) =>
        Assert.Equal(isLate, ServerTimingCalculator.Calculate([Asked(latency, queued: 0, delay)])!.IsServerLate);

    private static RequestRecord Asked(double latency, double queued, double tookLonger) => Served.Between(0, latency + queued + tookLonger) with
    {
        Latency = TimeSpan.FromMilliseconds(latency),
        Queued = TimeSpan.FromMilliseconds(queued),
    };
}

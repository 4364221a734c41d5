using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class WaterfallLayoutTests
{
    [Fact]
    public void No_requests_make_no_bars() => Assert.Empty(WaterfallLayout.Assign([]));

    [Fact]
    public void Time_starts_at_the_first_arrival_and_page_and_outcome_stay()
    {
        var bars = WaterfallLayout.Assign(
            [TestRequest.Between(130, 150, Page.Dice), TestRequest.Between(100, 110, Page.Jython, outcome: RequestOutcome.Refused)]);

        Assert.Equal(
            [(0, 0.0, 10.0, Page.Jython, RequestOutcome.Refused), (0, 30.0, 50.0, Page.Dice, RequestOutcome.Served)],
            bars.Select(bar => (bar.Lane, bar.StartMs, bar.EndMs, bar.Page, bar.Outcome)));
    }

    [Fact]
    public void The_lowest_free_lane_is_taken()
    {
        var bars = WaterfallLayout.Assign(
            [
                TestRequest.Between(0, 9),
                TestRequest.Between(1, 3),
                TestRequest.Between(2, 8),
                TestRequest.Between(3, 4),
                TestRequest.Between(9, 10),
            ]);

        Assert.Equal([0, 1, 2, 1, 0], bars.Select(bar => bar.Lane));
    }

    [Fact]
    public void Bars_of_a_lane_never_overlap_and_there_are_as_many_lanes_as_were_in_flight()
    {
        Assert.All(Enumerable.Range(0, 500).Select(seed => RandomSchedule.Create(seed, idle: true).Requests), requests =>
        {
            var bars = WaterfallLayout.Assign(requests);
            Assert.Equal(requests.Count, bars.Count);
            Assert.Equal(ConcurrencyCalculator.Peak(requests), bars.DistinctBy(bar => bar.Lane).Count());
            var neighbours = bars.GroupBy(bar => bar.Lane).SelectMany(lane => lane.Zip(lane.Skip(1)));
            Assert.All(neighbours, pair => Assert.True(pair.First.EndMs <= pair.Second.StartMs));
        });
    }
}

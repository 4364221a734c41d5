using Downloader.Benchmarks.Audit;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class InFlightTests
{
    [Fact]
    public void Nothing_is_never_in_flight() => Assert.Equal(0, ConcurrencyCalculator.Peak([]));

    [Fact]
    public void One_that_ends_as_the_next_arrives_is_not_in_flight_with_it() =>
        Assert.Equal(1, ConcurrencyCalculator.Peak([Served.Between(0, 5), Served.Between(5, 9), Served.Between(9, 10)]));

    [Fact]
    public void Overlaps_count_at_their_thickest() =>
        Assert.Equal(3, ConcurrencyCalculator.Peak([Served.Between(0, 10), Served.Between(1, 3), Served.Between(2, 4), Served.Between(4, 6), Served.Between(11, 12)]));

    [Fact]
    public void The_order_of_the_list_does_not_matter() =>
        Assert.Equal(2, ConcurrencyCalculator.Peak([Served.Between(6, 9), Served.Between(0, 7), Served.Between(1, 2)]));

    [Fact]
    public void As_counted_at_every_arrival()
    {
        Assert.All(Enumerable.Range(0, 500).Select(seed => RandomSchedule.Create(seed, idle: true).Requests), requests => Assert.Equal(
            requests.Max(now => requests.Count(other => other.Arrived <= now.Arrived && other.Completed > now.Arrived)),
            ConcurrencyCalculator.Peak(requests)));
    }
}

using Downloader.Benchmarks.Audit;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class ConcurrencyCalculatorTests
{
    [Fact]
    public void No_requests_have_a_peak_of_zero() => Assert.Equal(0, ConcurrencyCalculator.Peak([]));

    [Fact]
    public void A_request_that_ends_as_the_next_arrives_is_not_in_flight_with_it() =>
        Assert.Equal(1, ConcurrencyCalculator.Peak([TestRequest.Between(0, 5), TestRequest.Between(5, 9), TestRequest.Between(9, 10)]));

    [Fact]
    public void The_peak_is_the_most_requests_that_overlap() => Assert.Equal(
        3,
        ConcurrencyCalculator.Peak(
            [
                TestRequest.Between(0, 10),
                TestRequest.Between(1, 3),
                TestRequest.Between(2, 4),
                TestRequest.Between(4, 6),
                TestRequest.Between(11, 12),
            ]));

    [Fact]
    public void The_order_of_the_list_does_not_matter() =>
        Assert.Equal(2, ConcurrencyCalculator.Peak([TestRequest.Between(6, 9), TestRequest.Between(0, 7), TestRequest.Between(1, 2)]));

    [Fact]
    public void The_peak_is_the_count_at_one_of_the_arrivals()
    {
        Assert.All(Enumerable.Range(0, 500).Select(seed => RandomSchedule.Create(seed, idle: true).Requests), requests => Assert.Equal(
            requests.Max(now => requests.Count(other => other.Arrived <= now.Arrived && other.AnswerBegan > now.Arrived)),
            ConcurrencyCalculator.Peak(requests)));
    }
}

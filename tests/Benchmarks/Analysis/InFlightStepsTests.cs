using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Analysis;

/// <summary>Requests in flight over time.</summary>
public sealed class InFlightStepsTests
{
    [Fact]
    public void Arrivals_and_ends_are_counted_and_refusals_marked()
    {
        var steps = InFlightSteps.Create(
        [
            Request(0, 20, RequestOutcome.Served), Request(5, 6, RequestOutcome.Refused), Request(5, 25, RequestOutcome.Served),
            Request(20, 30, RequestOutcome.RateLimited),
        ]);

        Assert.Equal([(0, 1), (5, 2), (5, 3), (6, 2), (20, 1), (20, 2), (25, 1), (30, 0)], steps.Steps);
        Assert.Equal([(6, 3), (30, 1)], steps.Refusals);
    }

    [Fact]
    public void Nothing_is_no_steps() => Assert.Empty(InFlightSteps.Create([]).Steps);

    private static WaterfallBar Request(double start, double end, RequestOutcome outcome) => new(0, start, end, Page.Dice, outcome);
}

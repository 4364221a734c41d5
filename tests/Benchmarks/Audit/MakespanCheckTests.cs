using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class MakespanCheckTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(10.4, 10)]
    [InlineData(18_001.3, 18_000)]
    public void A_server_that_was_busy_no_longer_than_was_measured_passes(double busy, double makespan) =>
        Assert.Empty(MakespanCheck.Check([BusyFor(busy)], [makespan]));

    [Theory]
    [InlineData(10.6, 10, "10.0", "10.6")]
    [InlineData(18_001.5, 18_000, "18000.0", "18001.5")]
    public void A_server_that_was_busy_longer_than_was_measured_is_reported(double busy, double makespan, string measured, string seen) =>
        Assert.Equal(
            [
                $"Iteration 1: expected the server to be busy for no longer than the {measured} ms measured, it was for {seen} ms: "
                    + "the strategy returned too early.",
            ],
            MakespanCheck.Check([BusyFor(busy)], [makespan]));

    [Fact]
    public void Fewer_iterations_in_the_log_than_were_measured_are_reported() => Assert.Equal(
        ["Expected 2 iterations, as many as were measured; the server's log has 1."], MakespanCheck.Check([BusyFor(10)], [10, 10]));

    private static RequestRecord[] BusyFor(double milliseconds) => [TestRequest.Between(0, 5), TestRequest.Between(5, milliseconds)];
}

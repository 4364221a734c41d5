using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>What the audit says of logs that no client can easily bring about.</summary>
public sealed class AuditorTests
{
    private static readonly Expectation TwoDice = new(new Dictionary<Page, int> { [Page.Dice] = 2 }, 2, ClientPolicy.Shared, Retries: false, WireProtocol.Http1);
    private static readonly RequestLog Right = new([new IterationInterval(TimeSpan.Zero, TimeSpan.FromMilliseconds(10))], [Served.Between(0, 5), Served.Between(5, 10)], 0, 0);

    [Fact]
    public void All_is_well() => Assert.Empty(Auditor.Check(TwoDice, Right));

    [Fact]
    public void A_run_nobody_announced() =>
        Assert.Equal(["Expected iterations, the server was told of none."], Auditor.Check(TwoDice, new RequestLog([], [], 0, 0)));

    [Fact]
    public void A_log_that_was_too_small() =>
        Assert.Equal(["Expected a whole log, the server had no room for 7 requests."], Auditor.Check(TwoDice, Right with { Dropped = 7 }));

    [Fact]
    public void Requests_in_flight_after_the_run() =>
        Assert.Equal(["Expected nothing in flight after the run, saw 3."], Auditor.Check(TwoDice, Right with { InFlight = 3 }));

    [Fact]
    public void An_iteration_without_an_end() =>
        Assert.Equal(["Iteration 1: expected an end, the client never announced one."], Auditor.Check(TwoDice, Right with { Iterations = [new IterationInterval(TimeSpan.Zero, null)] }));

    [Fact]
    public void Requests_outside_of_an_iteration() => Assert.Equal(
        ["Expected no request outside of an iteration, saw 1: work went on after the strategy had returned."],
        Auditor.Check(TwoDice, Right with { Requests = [.. Right.Requests, Served.Between(11, 12, iteration: -1)] }));

    [Fact]
    public void A_page_that_was_not_on_the_list() => Assert.Equal(
        ["Iteration 1: expected 0 requests for Other, the server saw 1.", "Iteration 1: expected 2 requests for Dice, the server saw 1."],
        Auditor.Check(TwoDice, Right with { Requests = [Served.Between(0, 5), Served.Between(5, 10, Page.Other)] }));

    [Fact]
    public void A_connection_that_a_fault_broke_may_be_replaced_but_no_other()
    {
        var one = TwoDice with { Limit = 1 };

        Assert.Empty(Auditor.Check(one, Right with { Requests = [Served.Between(0, 5, outcome: RequestOutcome.Reset), Served.Between(5, 10, connection: 2)] }));
        Assert.Equal(
            ["Iteration 1: expected at most 1 connections, the server saw 2."],
            Auditor.Check(one, Right with { Requests = [Served.Between(0, 5), Served.Between(5, 10, connection: 2)] }));
    }

    [Fact]
    public void An_expectation_counts_the_pages_in_turn()
    {
        var expectation = Expectation.Of(new DownloadCase("WhenAll", 4, new Scenario(), 5) { Clients = ClientPolicy.New, Resilient = true });

        Assert.Equal(3, expectation.Requests[Page.Jython]);
        Assert.Equal(2, expectation.Requests[Page.Dice]);
        Assert.Equal((5, 4, ClientPolicy.New, true), (expectation.Downloads, expectation.Limit, expectation.Clients, expectation.Retries));
    }

    [Theory]
    [InlineData("Sequential", null, 1)]
    [InlineData("WhenAll", 8, 8)]
    [InlineData("WhenAllUnbounded", null, 50)]
    public void The_limit_is_what_the_strategy_says_of_itself(string strategy, int? workers, int limit) =>
        Assert.Equal(limit, Expectation.Of(new DownloadCase(strategy, workers, new Scenario(), 50)).Limit);

    [Fact]
    public void Makespans_that_fit_the_log() => Assert.Empty(Auditor.CheckMakespans([Right.Requests], [10]));

    [Fact]
    public void Fewer_iterations_in_the_log_than_were_measured() => Assert.Equal(
        ["Expected 2 iterations, as many as were measured; the server was told of 1."],
        Auditor.CheckMakespans([Right.Requests], [10, 10]));

    [Fact]
    public void A_server_that_was_busy_for_longer_than_was_measured() => Assert.Equal(
        ["Iteration 1: expected the server to be busy for no longer than the 8.0 ms measured, it was for 10.0 ms: the strategy returned too early."],
        Auditor.CheckMakespans([Right.Requests], [8]));
}

using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>What the audit says of logs that no client can easily bring about.</summary>
public sealed class AuditorTests
{
    private static readonly Expectation TwoDice = new()
    {
        DownloadsByPage = new Dictionary<Page, int> { [Page.Dice] = 2 },
        MaxInFlight = 2,
        MaxConnections = 2,
        Protocol = WireProtocol.Http1,
    };

    private static readonly Expectation TwoDiceRetried = TwoDice with { MaxRetries = 5 };
    private static readonly IterationInterval TenMilliseconds = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    private static readonly RequestLog ExpectedLog = new([TenMilliseconds], [TestRequest.Between(0, 5), TestRequest.Between(5, 10)], 0, 0);

    [Fact]
    public void A_log_as_expected_has_no_findings() => Assert.Empty(Auditor.Check(TwoDice, ExpectedLog));

    [Fact]
    public void A_log_without_iterations_is_reported() =>
        Assert.Equal(["Expected iterations, the server's log has none."], Auditor.Check(TwoDice, new RequestLog([], [], 0, 0)));

    [Fact]
    public void A_log_that_was_too_small_is_reported() =>
        Assert.Equal(
            ["Expected a complete log, the server had no room for 7 requests."],
            Auditor.Check(TwoDice, ExpectedLog with { Dropped = 7 }));

    [Fact]
    public void Requests_in_flight_after_the_run_are_reported() => Assert.Equal(
        ["Expected no request in flight after the run, the server saw 3."], Auditor.Check(TwoDice, ExpectedLog with { InFlight = 3 }));

    [Fact]
    public void An_iteration_without_an_end_is_reported() => Assert.Equal(
        ["Iteration 1: expected an end of the iteration, the client announced none."],
        Auditor.Check(TwoDice, ExpectedLog with { Iterations = [new IterationInterval(TimeSpan.Zero, null)] }));

    [Fact]
    public void Requests_outside_of_an_iteration_are_reported() => Assert.Equal(
        ["Expected no request outside of an iteration, the server saw 1: work went on after the strategy had returned."],
        Auditor.Check(TwoDice, LogWith([.. ExpectedLog.Requests, TestRequest.Between(11, 12, iteration: -1)])));

    [Fact]
    public void A_page_that_was_not_on_the_list_is_reported() => Assert.Equal(
        ["Iteration 1: expected 0 requests for Other, the server saw 1.", "Iteration 1: expected 2 requests for Dice, the server saw 1."],
        Auditor.Check(TwoDice, LogWith([TestRequest.Between(0, 5), TestRequest.Between(5, 10, Page.Other)])));

    [Fact]
    public void A_connection_that_a_fault_broke_may_be_replaced_but_no_other()
    {
        var one = TwoDice with { MaxInFlight = 1, MaxConnections = 1 };

        Assert.Empty(Auditor.Check(
            one,
            LogWith([TestRequest.Between(0, 5, outcome: RequestOutcome.Reset), TestRequest.Between(5, 10, connection: 2)])));
        Assert.Equal(
            ["Iteration 1: expected at most 1 connections, the server saw 2."],
            Auditor.Check(one, LogWith([TestRequest.Between(0, 5), TestRequest.Between(5, 10, connection: 2)])));
    }

    [Fact]
    public void Over_HTTP2_a_fault_breaks_no_connection()
    {
        var http2 = TwoDice with { MaxConnections = 1, Protocol = WireProtocol.Http2 };
        RequestRecord[] requests =
        [
            TestRequest.Between(0, 5, outcome: RequestOutcome.Reset) with { Protocol = WireProtocol.Http2 },
            TestRequest.Between(5, 10, connection: 2) with { Protocol = WireProtocol.Http2 },
        ];

        Assert.Equal(["Iteration 1: expected at most 1 connections, the server saw 2."], Auditor.Check(http2, LogWith(requests)));
    }

    [Theory]
    [InlineData(RequestOutcome.Reset)]
    [InlineData(RequestOutcome.Empty)]
    [InlineData(RequestOutcome.CutShort)]
    [InlineData(RequestOutcome.ServerError)]
    [InlineData(RequestOutcome.Refused)]
    [InlineData(RequestOutcome.RateLimited)]
    public void An_attempt_that_failed_is_repeated_once(RequestOutcome outcome)
    {
        RequestRecord[] requests = [.. ExpectedLog.Requests, TestRequest.Between(0, 1, outcome: outcome)];

        Assert.Empty(Auditor.Check(TwoDiceRetried, LogWith(requests)));
        Assert.Equal(
            [
                "Iteration 1: expected 2 to 3 requests, the server saw 4.",
                "Iteration 1: expected 2 to 3 requests for Dice, the server saw 4.",
            ],
            Auditor.Check(TwoDiceRetried, LogWith([.. requests, TestRequest.Between(8, 9)])));
    }

    [Fact]
    public void More_retries_than_the_client_makes_are_reported()
    {
        RequestRecord[] failed =
            [.. Enumerable.Range(1, 3).Select(at => TestRequest.Between(at, at + 1, outcome: RequestOutcome.Refused))];
        var log = LogWith([.. ExpectedLog.Requests, .. failed]);

        Assert.Empty(Auditor.Check(TwoDice with { MaxRetries = 2 }, log));
        Assert.Contains("Iteration 1: expected 2 to 4 requests, the server saw 5.", Auditor.Check(TwoDice with { MaxRetries = 1 }, log));
    }

    [Theory]
    [InlineData(RequestOutcome.Abandoned)]
    [InlineData(RequestOutcome.NotFound)]
    public void An_attempt_that_met_no_fault_is_not_repeated(RequestOutcome outcome) => Assert.Equal(
        ["Iteration 1: expected 2 requests, the server saw 3.", "Iteration 1: expected 2 requests for Dice, the server saw 3."],
        Auditor.Check(TwoDiceRetried, LogWith([.. ExpectedLog.Requests, TestRequest.Between(0, 1, outcome: outcome)])));

    [Fact]
    public void A_retry_of_another_page_than_the_failed_one_is_reported() => Assert.Contains(
        "Iteration 1: expected 0 requests for Jython, the server saw 1.",
        Auditor.Check(
            TwoDiceRetried,
            LogWith(
                [
                    TestRequest.Between(0, 1, outcome: RequestOutcome.Reset),
                    TestRequest.Between(0, 5),
                    TestRequest.Between(5, 9, Page.Jython),
                ])));

    [Fact]
    public void A_failed_attempt_without_a_retry_is_reported_when_no_download_failed()
    {
        const string Report = """{ "Succeeded": 2, "BytesRead": 552, "Failed": 0, "Failures": {} }""";
        var log = LogWith([TestRequest.Between(0, 5), TestRequest.Between(5, 10, outcome: RequestOutcome.Reset)]);

        Assert.Contains(
            "Iteration 1: expected 3 requests, the server saw 2.",
            Auditor.Check(TwoDiceRetried, log with { Iterations = [TenMilliseconds with { ClientReport = Report }] }));
    }

    [Fact]
    public void Other_bytes_than_the_server_sent_are_reported()
    {
        const string Report = """{ "Succeeded": 2, "BytesRead": 551, "Failed": 0, "Failures": {} }""";

        Assert.Equal(
            ["Iteration 1: the client read 551 bytes, the server sent 552."],
            Auditor.Check(TwoDice, ExpectedLog with { Iterations = [TenMilliseconds with { ClientReport = Report }] }));
    }

    private static RequestLog LogWith(IReadOnlyList<RequestRecord> requests) => ExpectedLog with { Requests = requests };
}

using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Results;
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

    /// <summary>Three at once, of which the server refuses one; then as many as were decided.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void After_a_refusal_no_more_than_was_decided_are_in_flight(int decided, bool passes)
    {
        RequestRecord[] requests =
        [
            TestRequest.Between(0, 10), TestRequest.Between(0, 10), TestRequest.Between(0, 1, outcome: RequestOutcome.Refused),
            TestRequest.Between(11, 20), TestRequest.Between(12, 20),
        ];

        var findings = CheckDecisions(requests, new InFlightDecisions(5, 1, [new InFlightLimit(3, decided)]));

        Assert.Equal(
            passes ? [] : ["Iteration 1: expected at most 1 in flight at request 5, as the client decided, the server saw 2."], findings);
    }

    [Fact]
    public void What_was_in_flight_when_the_limit_shrank_may_end_by_itself() => Assert.Empty(CheckDecisions(
        [
            TestRequest.Between(0, 10), TestRequest.Between(0, 10), TestRequest.Between(0, 1, outcome: RequestOutcome.Refused),
            TestRequest.Between(10, 20), TestRequest.Between(20, 30),
        ],
        new InFlightDecisions(5, 1, [new InFlightLimit(3, 1)])));

    /// <summary>The third was sent before the refusal came back, and arrives late: the client does not know when.</summary>
    [Fact]
    public void A_request_on_its_way_when_the_limit_shrank_was_not_forbidden() => Assert.Empty(CheckDecisions(
        [
            TestRequest.Between(0, 1, outcome: RequestOutcome.Refused), TestRequest.Between(0, 10), TestRequest.Between(5, 10),
            TestRequest.Between(11, 20), TestRequest.Between(20, 30),
        ],
        new InFlightDecisions(5, 1, [new InFlightLimit(3, 1)])));

    /// <summary>The second is sent again by SocketsHttpHandler, the last never arrives: as many arrive as were started.</summary>
    [Fact]
    public void A_request_that_was_sent_again_does_not_hide_one_that_never_arrived() => Assert.DoesNotContain(
        CheckDecisions(
            [
                TestRequest.Between(0, 1, outcome: RequestOutcome.Refused), TestRequest.Between(0, 1, outcome: RequestOutcome.Empty),
                TestRequest.Between(2, 10), TestRequest.Between(5, 10), TestRequest.Between(11, 20),
            ],
            new InFlightDecisions(5, 1, [new InFlightLimit(3, 1)])),
        finding => finding.Contains("in flight", StringComparison.Ordinal));

    [Fact]
    public void A_request_that_was_sent_before_the_limit_grew_again_counts_under_the_old_one()
    {
        RequestRecord[] requests =
        [
            TestRequest.Between(0, 1, outcome: RequestOutcome.Refused), TestRequest.Between(0, 10),
            TestRequest.Between(11, 20), TestRequest.Between(12, 20), TestRequest.Between(20, 30),
        ];

        Assert.Empty(CheckDecisions(requests, new InFlightDecisions(5, 1, [new InFlightLimit(2, 1), new InFlightLimit(3, 2)])));
        Assert.NotEmpty(CheckDecisions(requests, new InFlightDecisions(5, 1, [new InFlightLimit(2, 1), new InFlightLimit(4, 2)])));
    }

    [Fact]
    public void A_refusal_that_was_no_reason_to_decide_is_reported() => Assert.Equal(
        ["Iteration 1: expected a decision at each of 1 refusals, the client reported 0."],
        CheckDecisions(
            [TestRequest.Between(0, 1, outcome: RequestOutcome.Refused), TestRequest.Between(2, 3)],
            new InFlightDecisions(2, 0, [])));

    [Fact]
    public void Many_decisions_become_fewer_and_forbid_nothing_more()
    {
        InFlightLimit[] limits = [.. Enumerable.Range(0, 1000).Select(index => new InFlightLimit(index, 1 + index % 7))];

        var report = InFlightDecisions.Create(1000, 500, limits);

        Assert.InRange(report.Limits.Count, 1, 256);
        Assert.All(limits, one => Assert.True(one.Limit <= report.Limits.Last(other => other.Started <= one.Started).Limit));
    }

    /// <summary>The downloads are those that were served.</summary>
    private static IReadOnlyList<string> CheckDecisions(RequestRecord[] requests, InFlightDecisions decisions)
    {
        var served = requests.Count(request => request.Outcome == RequestOutcome.Served);
        var expected = TwoDiceRetried with
        {
            DownloadsByPage = new Dictionary<Page, int> { [Page.Dice] = served },
            MaxInFlight = 3,
            DecidesInFlight = true,
        };
        var report = new ClientIterationReport(served, 276 * served, 0, new Dictionary<string, int>(), 0, 0, 0, Decisions: decisions);
        var interval = new IterationInterval(TimeSpan.Zero, TimeSpan.FromMilliseconds(100), report.ToJson());
        return Auditor.Check(expected, new RequestLog([interval], requests, 0, 0));
    }

    private static RequestLog LogWith(IReadOnlyList<RequestRecord> requests) => ExpectedLog with { Requests = requests };
}

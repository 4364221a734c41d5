using Downloader.Benchmarks.Analysis;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>Some scenarios of the grid against the real server: what its log shows reaches the conclusions, and every audit
/// passes.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class LiveConclusionTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    [Theory]
    [InlineData("Strategies")]
    [InlineData("Capacity")]
    public void A_rate_limit_that_binds_is_the_conclusion(string suite)
    {
        var analysis = Analyse(suite, "--latency 10 --rate-limit 40 --workers 2,8 --downloads 60");

        Assert.Equal("Workers are the wrong knob here: the server's limit of 40 requests/s decides.", analysis.Conclusion.Sentences[0]);
        Assert.Null(analysis.Conclusion.Recommended);
        Assert.All(analysis.Rows.Where(row => row.Result.Workers == 8), row => Assert.True(row.Failed > 0));
    }

    [Fact]
    public void A_paced_row_takes_as_long_as_its_rate_asks()
    {
        var analysis = Analyse("RateLimit", "--latency 10 --rate-limit 40 --downloads 60");
        var paced = analysis.Rows.Single(row => row.Result.Variant == "paced");

        // 37 a second, of which 2 can start at once. Without pacing 60 requests take a second: the server accepts 40 at once.
        Assert.InRange(paced.MedianMs!.Value, 1000 * (60 - 2) / 37.0, 60_000);
        Assert.Contains(analysis.Conclusion.Sentences, sentence => sentence.StartsWith("WorkerLoops (paced) with 16 workers took",
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_capacity_with_a_queue_is_named_and_refuses_what_is_past_it()
    {
        var analysis = Analyse("Capacity", "--latency 40 --capacity 4 --queue 4 --workers 2,4,8,16 --downloads 48", rounds: 3);

        Assert.Contains(analysis.Conclusion.Sentences, sentence => sentence.Contains("erver serves 4 at once", StringComparison.Ordinal));
        Assert.Contains("Refusals (503) began at 16 workers.", analysis.Conclusion.Sentences);
        var fixedCounts = analysis.Rows.Where(row => row.Result.Strategy != "Adaptive").ToArray();
        Assert.Equal([false, false, false, true, true], fixedCounts.Select(row => row.WasRefused));
        Assert.Equal([0.0, 0, 0], fixedCounts.Take(3).Select(row => row.Failed!.Value));
    }

    [Fact]
    public void A_limit_that_no_row_meets_is_not_named()
    {
        var analysis = Analyse("Capacity", "--latency 10 --capacity 300 --queue 300 --rate-limit 100000 --workers 2,4 --downloads 24");

        Assert.DoesNotContain(analysis.Conclusion.Sentences, sentence => sentence.Contains("300", StringComparison.Ordinal)
            || sentence.Contains("(429)", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_are_named_where_they_make_downloads_fail_and_the_reason_stays()
    {
        var analysis = Analyse("Session", "--latency 5 --connect-latency 0 --fault-share 0.1 --faults reset --downloads 40");

        Assert.Equal("Nothing is recommended: in every row downloads failed.", analysis.Conclusion.Sentences[0]);
        Assert.Contains("The server's faults made requests fail: retries answer those (--retry).", analysis.Conclusion.Sentences);
        Assert.All(analysis.Rows, row => Assert.Equal([4.0], row.Figures.FailureReasons.Values));
    }

    [Fact]
    public void Retries_over_a_suite_that_has_none_answer_its_faults()
    {
        const string Faults = "--fault-share 0.2 --faults reset,server-error";
        var analysis = Analyse("Strategies", $"--retry 8 --latency 5 {Faults} --workers 4 --downloads 40");

        Assert.All(analysis.Rows, row => Assert.Equal(0, row.Failed));
        Assert.All(analysis.Rows, row => Assert.InRange(row.Figures.Attempts!.Value, 48, 60));
        Assert.Contains("Failed downloads are tried again up to 8 times, after Retry-After where the server sends it.",
            analysis.Result.Notes);
    }

    [Fact]
    public void Retries_wait_as_long_as_the_server_asks_and_such_times_are_not_compared()
    {
        // 12 at once, of which the server takes 4 + 2: the others try again after a second.
        var analysis = Analyse("Capacity", "--retry 5 --latency 10 --capacity 4 --queue 2 --workers 4,12 --downloads 24");
        var refused = analysis.Rows.Single(row => row.Result.Workers == 12);

        Assert.Equal(0, refused.Failed);
        Assert.InRange(refused.MedianMs!.Value, 1000, 60_000);
        Assert.Equal(24 + refused.Figures.CountOf(RequestOutcome.Refused), refused.Figures.Attempts);
        Assert.Contains("refused", refused.Marks);
        Assert.False(refused.IsRegular);
    }

    private SuiteAnalysis Analyse(string suite, string options, int rounds = 1)
    {
        var analysis = LiveSuite.Analyse(server, suite, options, rounds);
        Assert.All(analysis.Rows, row => Assert.Empty(row.Result.AuditFindings));
        return analysis;
    }
}

using Downloader.Benchmarks.Analysis;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Suites.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>Each way of making a GET against the real server, and what the suite says of them.</summary>
public sealed class HttpClientUseTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const string Few = "--latency 2 --downloads 96";

    [Theory]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    [InlineData(Few)]
    [InlineData($"{Few} --protocol https")]
    [InlineData($"{Few} --protocol http2")]
    public void Each_way_downloads_every_page_once_and_passes_the_audit(string options)
    {
        var analysis = LiveSuite.Analyse(server, "HttpClientUse", options);

        Assert.All(analysis.Rows, row => Assert.Empty(row.Result.AuditFindings));
        Assert.All(analysis.Rows, row => Assert.Equal(96, row.Figures.CountOf(RequestOutcome.Served)));
        Assert.All(analysis.Rows.Where(row => IsWay(row, "new HttpClient()")), row => Assert.Equal(96, row.Figures.Connections));
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void A_failed_download_is_counted_with_its_reason_and_the_others_go_on()
    {
        var rows = LiveSuite.Analyse(server, "HttpClientUse", $"{Few} --fault-share 0.125 --faults reset,cut-short,server-error").Rows;

        Assert.All(rows, row => Assert.Equal(12, row.Failed));
        Assert.All(rows, row => Assert.Empty(row.Result.AuditFindings));
        Assert.All(rows, row => Assert.Equal(12, row.Figures.FailureReasons.Values.Sum()));
    }

    [Fact]
    public void Rows_of_different_pages_are_not_compared()
    {
        // As many downloads of both pages: only the page tells them apart.
        var analysis = SuiteSimulation.Create("HttpClientUse", "--downloads 40").Analyse(new RandomDeviation(1, 0.003));

        Assert.All(
            analysis.Rows.GroupBy(row => (row.Result.Page, row.Scenario)),
            conditions => Assert.Contains(conditions, row => row.VersusBest == ComparisonWithBest.Best));
        var baselines = analysis.Rows.Where(row => row.Result.IsBaseline).ToArray();
        Assert.Equal(4, baselines.Length);
        Assert.All(baselines, row => Assert.Equal(1, row.Speedup!.Value.Value));
    }

    [Fact]
    public void The_conclusion_names_what_the_simulated_clients_cost()
    {
        var sentences = SuiteSimulation.Create("HttpClientUse", "").Analyse(new RandomDeviation(1, 0.003)).Conclusion.Sentences
            .Select(sentence => sentence.Replace('\u00a0', ' ')).ToArray();

        Assert.Equal("The way changes the time under 2 of 4 conditions.", sentences[0]);
        // The others did not run under every condition.
        Assert.Contains(
            "Under every condition measured, processor time is lower with AddDownloader() than with GetStringAsync.", sentences);
    }

    [Fact]
    public void Where_all_ways_cost_the_same_nothing_is_called_a_difference()
    {
        var exact = SuiteSimulation.Create("HttpClientUse", "--latency 400");
        var waiting = exact.Analyse(new RandomDeviation(1, 0.003)).Conclusion.Sentences;

        Assert.Contains("The time is the same within 5 % with small page, 16 workers, 400 ms; 1 MB page, 16 workers, 400 ms.",
            waiting.Select(sentence => sentence.Replace('\u00a0', ' ')));
    }

    [Fact]
    public void One_round_tells_no_difference() => Assert.Equal(
        ["One round tells no differences: measure with --rounds 3 or more."],
        SuiteSimulation.Create("HttpClientUse", "").Analyse(new RandomDeviation(1, 0.003), rounds: 1).Conclusion.Sentences);

    private static bool IsWay(CaseAnalysis row, string way) =>
        row.Result.Variant!.StartsWith($"{way}, ", StringComparison.Ordinal);
}

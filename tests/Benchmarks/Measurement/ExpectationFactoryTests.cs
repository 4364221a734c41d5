using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Measurement;

public sealed class ExpectationFactoryTests
{
    [Fact]
    public void Pages_are_downloaded_in_turn()
    {
        var expectation = ExpectationFactory.Create(new DownloadCase("WhenAll", 4, new Scenario(), 5));

        Assert.Equal(3, expectation.DownloadsByPage[Page.Jython]);
        Assert.Equal(2, expectation.DownloadsByPage[Page.Dice]);
        Assert.Equal(5, expectation.Downloads);
    }

    [Fact]
    public void The_pages_of_the_scenario_are_downloaded_in_turn_instead()
    {
        var scenario = new Scenario { Pages = new([new("/a", 1), new("/b", 2), new("/dice", 3)]) };
        var expectation = ExpectationFactory.Create(new DownloadCase("WhenAll", 4, scenario, 5));

        Assert.Equal(
            [(ListedPages.At(0), 2), (ListedPages.At(1), 2), (ListedPages.At(2), 1)],
            expectation.DownloadsByPage.OrderBy(page => page.Key).Select(page => (page.Key, page.Value)));
        Assert.Equal(scenario, expectation.Scenario);
    }

    [Theory]
    [InlineData("Sequential", null, 1)]
    [InlineData("WhenAll", 8, 8)]
    [InlineData("WhenAllUnbounded", null, 50)]
    public void The_limit_is_that_of_the_strategy(string strategy, int? workers, int limit) =>
        Assert.Equal(limit, ExpectationFactory.Create(new DownloadCase(strategy, workers, new Scenario(), 50)).MaxInFlight);

    [Theory]
    [InlineData("Adaptive", true)]
    [InlineData("WorkerLoops", false)]
    public void Adaptive_alone_reports_what_it_decides(string strategy, bool decides) =>
        Assert.Equal(decides, ExpectationFactory.Create(new DownloadCase(strategy, 8, new Scenario(), 50)).DecidesInFlight);

    [Theory]
    [InlineData(ClientPolicy.Shared, WireProtocol.Http1, 8)]
    [InlineData(ClientPolicy.Shared, WireProtocol.Https, 8)]
    [InlineData(ClientPolicy.Shared, WireProtocol.Http2, 1)]
    [InlineData(ClientPolicy.Factory, WireProtocol.Http2, 1)]
    [InlineData(ClientPolicy.LoggedFactory, WireProtocol.Http2, 1)]
    [InlineData(ClientPolicy.PerWorker, WireProtocol.Http2, 8)]
    public void HTTP2_shares_one_connection_a_handler(ClientPolicy clients, WireProtocol protocol, int connections) => Assert.Equal(
        connections,
        Create(new Scenario { Protocol = protocol }, clients).MaxConnections);

    [Fact]
    public void A_new_client_for_each_download_has_a_connection_for_each_request() =>
        Assert.True(Create(new Scenario(), ClientPolicy.New).HasConnectionPerRequest);

    private static Expectation Create(Scenario scenario, ClientPolicy clients) =>
        ExpectationFactory.Create(new DownloadCase("WhenAll", 8, scenario, 50) { Clients = clients });
}

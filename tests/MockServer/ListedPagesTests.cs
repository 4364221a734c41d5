using System.Net;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

/// <summary>Pages that a scenario lists.</summary>
public sealed class ListedPagesTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public async Task Each_listed_page_is_served_with_its_size_and_counted_as_itself()
    {
        var server = fixture.UseScenario("--latency 0 --pages /a=500,/b/c?d=1&e=0,/dice=7,/b/c=1000000");
        (string Path, int Position, int Bytes)[] pages = [("/a", 0, 500), ("/b/c?d=1&e", 1, 0), ("/dice", 2, 7), ("/b/c", 3, 1_000_000)];
        foreach (var page in pages)
            Assert.Equal(page.Bytes, (await server.Http.GetByteArrayAsync(page.Path, TestContext.Current.CancellationToken)).Length);

        Assert.Equal(
            pages.Select(page => (ListedPages.At(page.Position), page.Bytes, RequestOutcome.Served)),
            server.ReadRequests().Select(request => (request.Page, request.BodyBytes, request.Outcome)));
    }

    [Theory]
    [InlineData("/a,b")]
    [InlineData("/a%2Cb")]
    [InlineData("/%61,b")]
    public async Task A_listed_page_is_found_however_its_path_is_encoded(string path)
    {
        var server = fixture.UseScenario("--latency 0 --pages /a%2Cb=12");
        Assert.Equal(12, (await server.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_path_that_is_not_listed_is_404_and_the_article_s_pages_stay()
    {
        var server = fixture.UseScenario("--latency 0 --pages /a=500");
        HttpStatusCode[] codes =
        [
            .. await server.SendRequests("/A", 1), .. await server.SendRequests("/a?x=1", 1), .. await server.SendRequests("/jython", 1),
        ];
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], codes);
    }

    [Fact]
    public async Task The_largest_list_travels_to_the_server_and_all_of_it_is_served()
    {
        var path = new string('p', (ScenarioPages.MaxPathCharacters / ScenarioPages.MaxPages) - 5);
        var pages = new ScenarioPages(Enumerable.Range(0, ScenarioPages.MaxPages)
            .Select(index => new ScenarioPage($"/{index:000}/{path}", ScenarioPages.MaxTotalBytes / ScenarioPages.MaxPages)));
        var table = new LatencyQuantiles(Enumerable.Range(1, LatencyQuantiles.MaxValues).Select(index => TimeSpan.FromTicks(1234 + index)));
        var scenario = new Scenario { Pages = pages, LatencyQuantiles = table };
        fixture.Control.SetScenario(scenario);
        fixture.Control.ResetAudit();

        Assert.Equal(scenario, fixture.Control.GetScenario());
        Assert.Equal(pages[^1].Bytes, (await fixture.Http.GetByteArrayAsync(pages[^1].Path, TestContext.Current.CancellationToken)).Length);
        Assert.Equal(ListedPages.At(ScenarioPages.MaxPages - 1), fixture.ReadRequests().Single().Page);
    }

    [Fact]
    public async Task A_page_that_is_cut_short_is_half_a_page()
    {
        var server = fixture.UseScenario("--latency 0 --pages /a=500 --fault-share 1 --faults cut-short");
        await server.SendRequests("/a", 1);
        Assert.Equal((ListedPages.At(0), 250, RequestOutcome.CutShort), Describe(server.ReadRequests().Single()));

        static (Page, int, RequestOutcome) Describe(RequestRecord request) => (request.Page, request.BodyBytes, request.Outcome);
    }

    [Fact]
    public void A_page_is_found_by_its_name()
    {
        Page[] pages = [.. Enum.GetValues<Page>(), ListedPages.At(0), ListedPages.At(ScenarioPages.MaxPages - 1)];
        Assert.Equal(pages, pages.Select(page => ListedPages.Find(page.GetName())!.Value));
        Assert.Equal(["Page1", "Page200"], pages[^2..].Select(page => page.GetName()));
        Assert.All(["Page0", "Page201", "Page", "page1", "16", "", "Page-1"], name => Assert.Null(ListedPages.Find(name)));
    }
}

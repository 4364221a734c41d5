using System.Collections.Concurrent;
using System.Net;

namespace Downloader.Tests.Library;

/// <summary>What a request carries: headers, version, a token of its own.</summary>
public sealed class RequestTests
{
    private static readonly Uri Page = new("http://one.example/page");

    public static TheoryData<string> Strategies => DownloadRunner.StrategyNames;

    [Fact]
    public async Task A_User_Agent_with_the_version_is_sent_unless_it_is_replaced_or_removed()
    {
        var options = new DownloaderOptions();

        Assert.Matches(@"^Downloader\.Strategies/\d+\.\d+\.\d+", (await SendAsync(options))[0]["User-Agent"]);
        options.Headers["user-agent"] = "mine/1.0 (special)";
        Assert.Equal("mine/1.0 (special)", (await SendAsync(options))[0]["User-Agent"]);
        options.Headers.Remove("User-Agent");
        Assert.Empty((await SendAsync(options))[0]);
    }

    [Theory]
    [InlineData("http://one.example/other", true)]
    [InlineData("http://two.example/other", false)]
    [InlineData("http://one.example:8080/other", false)]
    [InlineData("https://one.example/other", false)]
    public async Task A_redirect_to_another_origin_gets_no_header_that_is_for_the_first(string target, bool getsAll)
    {
        var options = new DownloaderOptions
        {
            Headers =
            {
                ["authorization"] = "Bearer x",
                ["Cookie"] = "a=b",
                ["Proxy-Authorization"] = "y",
                ["Host"] = "virtual.example",
                ["Accept"] = "text/html",
            },
        };

        var sent = await SendAsync(options, new Uri(target));

        string[] all = ["User-Agent", "authorization", "Cookie", "Proxy-Authorization", "Host", "Accept"];
        string[] expected = getsAll ? all : ["User-Agent", "Accept"];
        Assert.Equal(2, sent.Count);
        Assert.Equal(all.ToHashSet(StringComparer.OrdinalIgnoreCase), sent[0].Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(expected.ToHashSet(StringComparer.OrdinalIgnoreCase), sent[1].Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(HttpVersionPolicy.RequestVersionExact)]
    [InlineData(HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(HttpVersionPolicy.RequestVersionOrHigher)]
    public async Task The_version_and_its_policy_are_those_of_the_options(HttpVersionPolicy policy)
    {
        var options = new DownloaderOptions { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = policy };
        var seen = new List<(Version, HttpVersionPolicy)>();
        var clients = StubHandler.CreateSource(
            (request, _) =>
            {
                seen.Add((request.Version, request.VersionPolicy));
                return StubHandler.Ok([]);
            },
            options);

        await clients.Rent().GetAsync(Page, TestContext.Current.CancellationToken);

        Assert.Equal([(HttpVersion.Version20, policy)], seen);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task No_two_downloads_have_the_same_token(string strategy)
    {
        const int Downloads = 200;
        // Each handler keeps its token, as one may that works on after the response.
        var tokens = new ConcurrentBag<CancellationToken>();
        var clients = StubHandler.CreateSource((_, token) =>
        {
            tokens.Add(token);
            return StubHandler.Ok([1]);
        });

        var request = new DownloadRequest([.. Enumerable.Repeat(Page, Downloads)], 4, clients);

        var results = await DownloadRunner.RunStrategyAsync(strategy, request);

        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.Equal(Downloads, tokens.Distinct().Count());
    }

    /// <summary>The headers of each request that one download makes.</summary>
    private static async Task<List<Dictionary<string, string>>> SendAsync(DownloaderOptions options, Uri? redirect = null)
    {
        var sent = new List<Dictionary<string, string>>();
        var clients = StubHandler.CreateSource(
            (request, _) =>
            {
                sent.Add(request.Headers.NonValidated.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
                if (redirect is null || sent.Count > 1) return StubHandler.Ok([1]);
                return new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = redirect } };
            },
            options);
        Assert.Null((await clients.Rent().GetAsync(Page, TestContext.Current.CancellationToken)).Failure);
        return sent;
    }
}

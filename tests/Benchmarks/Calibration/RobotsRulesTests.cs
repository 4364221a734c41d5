using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>robots.txt by RFC 9309.</summary>
public sealed class RobotsRulesTests
{
    private const string Product = "Downloader";

    [Theory]
    [InlineData("/example/", "/example/page", false)]
    [InlineData("/example/", "/example", true)]
    [InlineData("/fish", "/fishheads/yummy.html", false)]
    [InlineData("/fish", "/Fish.asp", true)]
    [InlineData("/fish*.php", "/fishheads/catfish.php?parameters", false)]
    [InlineData("/fish*.php", "/Fish.PHP", true)]
    [InlineData("/*.php$", "/folder/filename.php", false)]
    [InlineData("/*.php$", "/filename.php?parameters", true)]
    [InlineData("/*.php$", "/filename.php/", true)]
    [InlineData("/*", "/anything", false)]
    [InlineData("/a/*/c", "/a/b/d/c", false)]
    [InlineData("/page?x=", "/page?x=1", false)]
    [InlineData("/foo/bar?baz=quz", "/foo/bar?baz=quz", false)]
    [InlineData("/foo/bar/ツ", "/foo/bar/%E3%83%84", false)]
    [InlineData("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", false)]
    [InlineData("/foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("", "/anything", true)]
    [InlineData("/", "/robots.txt", true)]
    public void A_pattern_is_the_beginning_of_a_path(string disallowed, string path, bool isAllowed)
    {
        var rules = RobotsRules.Parse($"User-agent: *\nDisallow: {disallowed}", Product);

        Assert.Equal(isAllowed, rules.Allows(path));
    }

    [Fact]
    public void A_byte_order_mark_hides_no_group()
    {
        var rules = RobotsRules.Parse("\uFEFFUser-agent: *\nDisallow: /private", Product);

        Assert.False(rules.Allows("/private"));
    }

    [Fact]
    public void Of_several_pauses_the_longest_counts()
    {
        var rules = RobotsRules.Parse("User-agent: *\nCrawl-delay: 1\nCrawl-delay: 5\nCrawl-delay: 2", Product);

        Assert.Equal(TimeSpan.FromSeconds(5), rules.CrawlDelay);
    }

    [Theory]
    [InlineData("Allow: /p\nDisallow: /", "/page", true)]
    [InlineData("Disallow: /\nAllow: /p", "/page", true)]
    [InlineData("Allow: /folder\nDisallow: /folder", "/folder/page", true)]
    [InlineData("Allow: /page\nDisallow: /*.htm", "/page.htm", false)]
    [InlineData("Allow: /\nDisallow: /page", "/page", false)]
    public void The_longest_match_decides_and_Allow_wins_ties(string lines, string path, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotsRules.Parse($"User-agent: *\n{lines}", Product).Allows(path));

    [Theory]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: downloader\nDisallow: /private", true)]
    [InlineData("User-agent: DOWNLOADER/1.2\nDisallow: /page\n\nUser-agent: *\nAllow: /", false)]
    [InlineData("User-agent: other\nUser-agent: Downloader\nDisallow: /page", false)]
    [InlineData("User-agent: Downloader\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: downloader\nDisallow: /page", false)]
    [InlineData("User-agent: Downloaders\nDisallow: /page", true)]
    [InlineData("User-agent: other\nDisallow: /page", true)]
    [InlineData("user-AGENT : *  # all\ndisallow:/page # this", false)]
    [InlineData("User-agent: *\r\nDisallow: /page\r\n", false)]
    [InlineData("User-agent: *\n\nSitemap: /map.xml\nDisallow: /page", false)]
    [InlineData("Disallow: /page", true)]
    [InlineData("<html>not found</html>", true)]
    [InlineData("", true)]
    public void The_groups_of_the_product_count_or_else_those_for_all(string text, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotsRules.Parse(text, Product).Allows("/page"));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: other\nCrawl-delay: 3\nUser-agent: *\nDisallow:", null)]
    public void A_Crawl_delay_is_read(string text, double? seconds) =>
        Assert.Equal(seconds, RobotsRules.Parse(text, Product).CrawlDelay?.TotalSeconds);
}

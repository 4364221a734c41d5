namespace Downloader.Tests.Library;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("404 Not Found", "404 Not Found")]
    [InlineData("Größe 大 😀", "Größe 大 😀")]
    [InlineData("\u001B[2J", "\\u001B[2J")]
    [InlineData("bell\a, tab\t", "bell\\u0007, tab\\u0009")]
    [InlineData("two\r\nlines", "two\\u000D\\u000Alines")]
    [InlineData("NEL\u0085 CSI\u009B DEL\u007F", "NEL\\u0085 CSI\\u009B DEL\\u007F")]
    [InlineData("line\u2028 paragraph\u2029", "line\\u2028 paragraph\\u2029")]
    [InlineData("right-to-left\u202E, invisible\u200B", "right-to-left\\u202E, invisible\\u200B")]
    [InlineData("tag\U000E0041", "tag\\U000E0041")]
    public void What_is_not_printable_is_escaped(string text, string expected) => Assert.Equal(expected, PrintableText.Escape(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("a\uFFFDb", PrintableText.Escape("a\uD83Db"));

    [Fact]
    public void Text_that_needs_no_change_is_the_same_string()
    {
        var text = new string('x', PrintableText.DefaultMaxLength);

        Assert.Same(text, PrintableText.Escape(text));
    }

    [Fact]
    public void Text_beyond_the_limit_is_cut() =>
        Assert.Equal(new string('x', PrintableText.DefaultMaxLength) + "…", PrintableText.Escape(new string('x', 60_000)));

    [Theory]
    [InlineData("http://127.0.0.1:5080/jython", "http://127.0.0.1:5080/jython")]
    [InlineData("http://user:password@host/path", "http://***@host/path")]
    [InlineData("https://token@host:8443?a=b@c", "https://***@host:8443?a=b@c")]
    [InlineData("http:\\\\user:password@host\\path@x", "***@x")]
    [InlineData("http://host/path?mail=a@b.org#c@d", "http://host/path?mail=a@b.org#c@d")]
    [InlineData("HTTP://User:Password@Host/", "HTTP://***@Host/")]
    [InlineData("http://user:pa/ss@host/", "http://***@host/")]
    [InlineData("http://user:pa@ss@host/", "http://***@host/")]
    [InlineData("http://user:password@ho st/", "http://***@ho st/")]
    [InlineData("ftp://user:password@host/file", "ftp://***@host/file")]
    [InlineData("user:password@host", "***@host")]
    [InlineData("http://host/a\nFailed http://host/b: 404", "http://host/a\\u000AFailed http://host/b: 404")]
    public void A_URL_is_one_line_without_its_password(string url, string expected) => Assert.Equal(expected, PrintableText.FromUrl(url));

    [Fact]
    public void A_long_URL_is_cut()
    {
        var url = $"http://host/{new string('x', 60_000)}";

        Assert.Equal(url[..PrintableText.MaxUrlLength] + "…", PrintableText.FromUrl(url));
    }
}

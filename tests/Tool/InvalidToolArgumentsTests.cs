using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>Invalid arguments, called in this process: one line that says what is wrong, and exit code 2.</summary>
public sealed class InvalidToolArgumentsTests
{
    private const string Url = "http://127.0.0.1:1/";

    /// <summary>What the line must name, separated by <c>…</c>: the option with its value, and what it takes. And the arguments.</summary>
    public static TheoryData<string, string[]> Invalid => new()
    {
        { "--strategy Foo…Sequential, ", ["--strategy", "Foo", Url] },
        { "--workers 0…1…10000", ["--workers", "0", Url] },
        { "--workers a…1…10000", ["--workers", "a", Url] },
        { "--workers", ["--workers"] },
        { "--repeat x…1…1000000", ["--repeat", "x", Url] },
        { "--repeat 1000000…10000000", ["--repeat", "1000000", .. Enumerable.Repeat(Url, 11)] },
        { "--timeout 0…0.001…86400", ["--timeout", "0", Url] },
        { "--max-bytes -1…0…9223372036854775807", ["--max-bytes", "-1", Url] },
        { "--retry 101…0…100", ["--retry", "101", Url] },
        { "--rate 0…0.001…1000000", ["--rate", "0", Url] },
        { "--rate fast…0.001…1000000", ["--rate", "fast", Url] },
        { "--nonsense", ["--nonsense", Url] },
        { "--input /nowhere/urls.txt…file", ["--input", "/nowhere/urls.txt"] },
        { "--input /…file", ["--input", "/"] },
        { "--input …file", ["--input", ""] },
        { "downloader…--input", [] },
        { "downloader…--input", ["--input", "-"] },
        { "downloader…--input", ["--input", "-", "--repeat", "1000000"] },
        { "--output /dev/null/folder…folder", ["--output", "/dev/null/folder", Url] },
        { "--output …folder", ["--output", "", Url] },
        { "--not-done /nowhere/list.txt…file", ["--not-done", "/nowhere/list.txt", Url] },
        { "--header…'Name: value'", ["--header", "Accept", Url] },
        { "--header…'Name: value'", ["--header", ": value", Url] },
        { "--header Content-Type: …requests", ["--header", "Content-Type: text/plain", Url] },
        { "--header X-Name: …one line", ["--header", "X-Name: a\r\nX-Other: b", Url] },
        { "--header X-Name: …one line", ["--header", "Accept: */*", "--header", "X-Name: \0", Url] },
        { "--header a\\u000Ab: …name", ["--header", "a\nb: c", Url] },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task One_line_names_the_option_the_value_and_what_it_takes(string named, string[] arguments) =>
        InvalidArguments.AssertRefused(named, await InProcessTool.Run(arguments));

    [Fact]
    public async Task The_value_of_a_header_is_not_printed()
    {
        var result = await InProcessTool.Run("--header", "Authorization: secret\n", "--header", "Bearer secret", Url);

        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("secret", Assert.Single(result.Errors), StringComparison.Ordinal);
    }
}

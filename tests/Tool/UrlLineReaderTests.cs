using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The lines of an input.</summary>
public sealed class UrlLineReaderTests
{
    [Theory]
    [InlineData("http://a/\nhttp://b/", "http://a/|http://b/")]
    [InlineData("http://a/\r\n\r\n  \t\nhttp://b/\r\n", "http://a/|http://b/")]
    [InlineData("  http://a/ \t\n\thttp://b/", "http://a/|http://b/")]
    [InlineData("# one\n   # two\nhttp://a/\n#", "http://a/")]
    [InlineData("http://a/ # why\nhttp://b/\t#\nhttp://c/  #x # y", "http://a/|http://b/|http://c/")]
    [InlineData("http://a/#part\nhttp://b/ c#d\n", "http://a/#part|http://b/ c#d")]
    [InlineData("", "")]
    public async Task Blank_lines_and_comments_are_skipped(string text, string urls) =>
        Assert.Equal(urls.Split('|', StringSplitOptions.RemoveEmptyEntries), await ReadAll(new StringReader(text)));

    [Fact]
    public async Task A_line_too_long_is_cut_to_one_character_more_than_a_URL_can_have()
    {
        var text = new string('x', 3 * ListedUrl.MaxLength) + "\nhttp://a/";

        var urls = await ReadAll(new StringReader(text));

        Assert.Equal([ListedUrl.MaxLength + 1, "http://a/".Length], urls.Select(url => url.Length));
        Assert.Equal($"a URL must have at most {ListedUrl.MaxLength} characters", ListedUrl.Create(urls[0]).Error);
    }

    [Fact]
    public async Task Long_comments_count_for_nothing()
    {
        var text = $"http://a/ #{new string('x', 3 * ListedUrl.MaxLength)}\n#{new string('y', 3 * ListedUrl.MaxLength)}\nhttp://b/";

        Assert.Equal(["http://a/", "http://b/"], await ReadAll(new StringReader(text)));
    }

    [Fact]
    public async Task What_was_read_already_can_be_taken_after_waiting_was_stopped()
    {
        using var pipe = new EndlessReader("http://a/\nhttp://b/\nhttp://c/\nhttp://");
        using var reader = new UrlLineReader(pipe, mayBlock: false);
        using var stop = new CancellationTokenSource();

        Assert.Equal("http://a/", await reader.ReadAsync(stop.Token));
        Assert.Equal("http://b/", reader.TryTakeBuffered());
        Assert.Equal("http://c/", reader.TryTakeBuffered());
        Assert.Null(reader.TryTakeBuffered());
        var waiting = reader.ReadAsync(stop.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Null(reader.TryTakeBuffered());
    }

    private static async Task<List<string>> ReadAll(TextReader text)
    {
        using var reader = new UrlLineReader(text, mayBlock: true);
        var urls = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } url) urls.Add(url);
        return urls;
    }

    /// <summary>Gives a text, then nothing more, and does not end.</summary>
    private sealed class EndlessReader(string text) : TextReader
    {
        private readonly TaskCompletionSource<int> _never = new();
        private string _left = text;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_left.Length == 0) return new ValueTask<int>(_never.Task);
            _left.CopyTo(buffer.Span);
            var length = _left.Length;
            _left = "";
            return new ValueTask<int>(length);
        }
    }
}

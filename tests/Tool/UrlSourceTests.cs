using System.Text;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>What comes of arguments, input and repetitions, and what is left of it after a stop.</summary>
public sealed class UrlSourceTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("file", 1, "a b c")]
    [InlineData("file", 2, "a b c a b c")]
    [InlineData("seekable", 3, "a b c a b c a b c")]
    [InlineData("pipe", 1, "a b c")]
    [InlineData("pipe", 2, "a b c a b c")]
    [InlineData("none", 2, "a a")]
    public async Task Arguments_come_before_the_input_in_each_repetition(string input, int repeat, string expected)
    {
        using var source = CreateSource(["http://a/"], input, "http://b/\nhttp://c/\n", repeat);

        Assert.Equal(expected.Split(' '), await Take(source, int.MaxValue));
        Assert.Equal(expected.Split(' ').Length, source.Count);
    }

    [Theory]
    [InlineData("file", 2, "b c a b c")]
    [InlineData("seekable", 2, "b c a b c")]
    [InlineData("pipe", 1, "b c")]
    [InlineData("none", 3, "a a")]
    public async Task After_a_stop_what_was_not_finished_is_left_in_order(string input, int repeat, string expected)
    {
        using var source = CreateSource(["http://a/"], input, "http://b/\nhttp://c/\n", repeat);

        Assert.Equal(["a", input == "none" ? "a" : "b"], await Take(source, 2));
        source.Finish(0);

        Assert.Equal(expected.Split(' '), await ReadRest(source));
    }

    [Fact]
    public async Task A_text_that_is_no_URL_is_told_and_left_out()
    {
        var refused = new List<string>();
        using var source = CreateSource([], "pipe", "http://a/\nnonsense\nhttp://b/", 1);
        var uris = new List<Uri>();
        var taken = source.TakeAllAsync(null, url => refused.Add(url.Text), TestContext.Current.CancellationToken);
        await foreach (var uri in taken) uris.Add(uri);

        Assert.Equal(["http://a/", "http://b/"], uris.Select(uri => uri.OriginalString));
        Assert.Equal(["nonsense"], refused);
        Assert.Equal(3, source.Count);
    }

    [Fact]
    public async Task The_total_is_known_where_the_input_can_be_read_again()
    {
        using var file = CreateSource(["http://a/"], "file", "http://b/ # x\n\nhttp://c/", 5);
        using var pipe = CreateSource(["http://a/"], "pipe", "http://b/", 1);
        using var none = CreateSource(["http://a/"], "none", "", 4);

        Assert.Equal(15, await file.CountAllAsync(TestContext.Current.CancellationToken));
        Assert.Null(await pipe.CountAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4, await none.CountAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(15, (await Take(file, int.MaxValue)).Count);
    }

    [Theory]
    [InlineData("http://b/\n")]
    [InlineData("# a comment only")]
    public async Task Counting_can_be_stopped(string text)
    {
        using var file = CreateSource(["http://a/"], "file", text, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.CountAllAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task An_empty_list_is_read_once_however_often_it_is_repeated()
    {
        using var source = CreateSource([], "file", "# nothing\n", int.MaxValue);

        Assert.Empty(await Take(source, int.MaxValue));
    }

    private UrlSource CreateSource(string[] arguments, string input, string text, int repeat)
    {
        if (input == "file") File.WriteAllText(_file, text);
        return new UrlSource(arguments, CreateInput(), repeat);

        UrlInput? CreateInput() => input switch
        {
            "file" => new UrlInput(_file, () => Stream.Null),
            "seekable" => new UrlInput("-", () => new MemoryStream(Encoding.UTF8.GetBytes(text))),
            "pipe" => new UrlInput("-", () => new PipeStream(Encoding.UTF8.GetBytes(text))),
            _ => null,
        };
    }

    private static async Task<List<string>> Take(UrlSource source, int count)
    {
        var hosts = new List<string>();
        await foreach (var uri in source.TakeAllAsync(null, _ => { }, TestContext.Current.CancellationToken))
        {
            hosts.Add(uri.Host);
            if (hosts.Count == count) break;
        }

        return hosts;
    }

    private static async Task<List<string>> ReadRest(UrlSource source)
    {
        var hosts = new List<string>();
        await foreach (var text in source.ReadRestAsync()) hosts.Add(new Uri(text).Host);
        return hosts;
    }

    /// <summary>Cannot seek.</summary>
    private sealed class PipeStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

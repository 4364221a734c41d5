using Downloader.Tests.Support;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The list of what was not done: read again it gives the same URLs.</summary>
public sealed class NotDoneListTests
{
    [Fact]
    public async Task What_is_listed_is_read_as_the_same_URLs()
    {
        string[] texts =
        [
            "http://h/a", "http://user:secret@h/b", "http://h/c#part", "http://h/d\n# e", "http://h/f #g", "http://h/h\r", "http://h/ж i",
        ];
        using var file = new TemporaryFile();

        var (path, count) = await new NotDoneList(file.Path).WriteAsync(ToAsync(texts));

        Assert.Equal(file.Path, path);
        Assert.Equal(texts.Length, count);
        Assert.Equal(texts.Select(text => new Uri(text).AbsoluteUri), (await Read(file.Path)).Select(text => new Uri(text).AbsoluteUri));
    }

    [Fact]
    public async Task Text_that_is_no_URL_is_listed_as_it_is_or_as_a_comment()
    {
        using var file = new TemporaryFile();

        await new NotDoneList(file.Path).WriteAsync(ToAsync(["nonsense", "non\nsense", "#"]));

        Assert.Equal(["nonsense"], await Read(file.Path));
    }

    [Fact]
    public async Task The_list_can_replace_the_file_that_is_read()
    {
        using var file = new TemporaryFile("http://a/\nhttp://b/\nhttp://c/\n");
        using var source = new UrlSource([], new UrlInput(file.Path, () => Stream.Null), 1);
        await foreach (var _ in source.TakeAllAsync(null, _ => { }, TestContext.Current.CancellationToken)) break;
        source.Finish(0);

        await new NotDoneList(file.Path).WriteAsync(source.ReadRestAsync());

        Assert.Equal(["http://b/", "http://c/"], await Read(file.Path));
    }

    [Fact]
    public async Task Without_a_name_nothing_is_written_where_nothing_is_left()
    {
        var (path, count) = await new NotDoneList(null).WriteAsync(ToAsync([]));

        Assert.Null(path);
        Assert.Equal(0, count);
    }

    private static async IAsyncEnumerable<string> ToAsync(IEnumerable<string> texts)
    {
        await Task.Yield();
        foreach (var text in texts) yield return text;
    }

    private static async Task<List<string>> Read(string path)
    {
        using var reader = new UrlLineReader(new StreamReader(path), mayBlock: true);
        var urls = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } url) urls.Add(url);
        return urls;
    }
}

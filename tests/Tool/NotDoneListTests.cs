using System.Runtime.Versioning;
using Downloader.Tests.Support;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The list of what was not done: read again it gives the same URLs.</summary>
public sealed class NotDoneListTests
{
    [UnsupportedOSPlatformGuard("windows")]
    private static bool IsUnix => !OperatingSystem.IsWindows();

    [Fact]
    public async Task What_is_listed_is_read_as_the_same_URLs()
    {
        string[] texts =
        [
            "http://h/a", "http://user:secret@h/b", "http://h/c#part", "http://h/d\n# e", "http://h/f #g", "http://h/h\r", "http://h/ж i",
        ];
        using var file = new TemporaryFile();

        var (path, count, error) = await new NotDoneList(file.Path).WriteAsync(ToAsync(texts));

        Assert.Null(error);
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
        var (path, count, _) = await new NotDoneList(null).WriteAsync(ToAsync([]));

        Assert.Null(path);
        Assert.Equal(0, count);
    }

    [Fact]
    public async Task The_named_file_is_replaced_when_the_list_is_complete_so_that_a_full_disk_cannot_empty_it()
    {
        Assert.SkipUnless(IsUnix, "On Windows the open file cannot be replaced.");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        var folder = Directory.CreateTempSubdirectory("downloader-").FullName;
        try
        {
            var path = Path.Combine(folder, "urls.txt");
            await File.WriteAllTextAsync(path, "http://old/", TestContext.Current.CancellationToken);
            if (IsUnix) File.SetUnixFileMode(path, Mode);
            using var old = new StreamReader(path);

            var (named, _, error) = await new NotDoneList(path) { TemporaryFolder = folder }.WriteAsync(ToAsync(["http://new/"]));

            Assert.Null(error);
            Assert.Equal(path, named);
            Assert.Equal("http://old/", await old.ReadToEndAsync(TestContext.Current.CancellationToken));
            Assert.Equal(["http://new/"], await Read(path));
            if (IsUnix) Assert.Equal(Mode, File.GetUnixFileMode(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        Assert.SkipUnless(IsUnix, "On Windows links need a privilege.");
        using var file = new TemporaryFile("http://old/");
        var link = $"{file.Path}.link";
        File.CreateSymbolicLink(link, file.Path);
        try
        {
            await new NotDoneList(link).WriteAsync(ToAsync(["http://new/"]));

            Assert.Equal(file.Path, new FileInfo(link).LinkTarget);
            Assert.Equal(["http://new/"], await Read(file.Path));
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public async Task Where_the_named_file_cannot_be_written_the_complete_list_is_in_another_one_that_is_named()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        var folder = Directory.CreateTempSubdirectory("downloader-").FullName;
        try
        {
            var list = new NotDoneList("/dev/full") { TemporaryFolder = folder };

            var (path, count, error) = await list.WriteAsync(ToAsync(["http://a/", "http://b/"]));

            Assert.Contains("No space left on device", error, StringComparison.Ordinal);
            Assert.Equal(2, count);
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
            Assert.Equal(["http://a/", "http://b/"], await Read(path!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_list_that_is_not_complete_is_deleted()
    {
        var folder = Directory.CreateTempSubdirectory("downloader-").FullName;
        using var file = new TemporaryFile("http://old/");
        try
        {
            var list = new NotDoneList(file.Path) { TemporaryFolder = folder };

            await Assert.ThrowsAsync<UsageException>(() => list.WriteAsync(FailAfter("http://user:secret@h/")));

            Assert.Empty(Directory.GetFileSystemEntries(folder));
            Assert.Equal(["http://old/"], await Read(file.Path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async IAsyncEnumerable<string> FailAfter(string text)
    {
        await Task.Yield();
        yield return text;
        throw new UsageException("--input x: must be a file that can be read");
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

using System.Text;
using Downloader.Tests.Support;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The files of --output: named in the order of the list, complete or not there, and never over another file.</summary>
public sealed class OutputFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("downloader-").FullName;
    private readonly OutputFolder _folder;

    public OutputFolderTests() => _folder = new OutputFolder(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task Equal_names_are_numbered_in_the_order_of_the_list_not_of_the_end()
    {
        for (var i = 0; i < 3; i++) _folder.Reserve(i, new Uri($"http://h{i}/page.html"));
        foreach (var i in (int[])[2, 0, 1]) await Save(i, $"{i}");

        Assert.Equal([("page-2.html", "1"), ("page-3.html", "2"), ("page.html", "0")], ReadAll());
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_numbered_too()
    {
        _folder.Reserve(0, new Uri("http://h/page"));
        _folder.Reserve(1, new Uri("http://h/PAGE"));
        await Save(0, "0");
        await Save(1, "1");

        Assert.Equal([("PAGE-2", "1"), ("page", "0")], ReadAll());
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept()
    {
        File.WriteAllText(Path.Combine(_path, "page"), "old");
        File.WriteAllText(Path.Combine(_path, "page-2"), "older");
        Directory.CreateDirectory(Path.Combine(_path, "dir"));
        _folder.Reserve(0, new Uri("http://h/page"));
        _folder.Reserve(1, new Uri("http://h/dir"));
        await Save(0, "new");
        await Save(1, "body");

        Assert.Equal([("dir-2", "body"), ("page", "old"), ("page-2", "older"), ("page-3", "new")], ReadAll());
    }

    [Fact]
    public async Task A_file_that_comes_while_it_is_downloaded_is_kept()
    {
        _folder.Reserve(0, new Uri("http://h/page"));
        File.WriteAllText(Path.Combine(_path, "page"), "other");
        await Save(0, "new");

        Assert.Equal([("page", "other"), ("page-2", "new")], ReadAll());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_the_folder_is_not_followed(bool comesLater)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        using var outside = new TemporaryFile("outside");
        if (comesLater) _folder.Reserve(0, new Uri("http://h/page"));
        File.CreateSymbolicLink(Path.Combine(_path, "page"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(_path, "page-2"), Path.Combine(_path, "nowhere"));
        if (!comesLater) _folder.Reserve(0, new Uri("http://h/page"));
        await Save(0, "new");

        Assert.Equal("outside", File.ReadAllText(outside.Path));
        Assert.Equal("new", File.ReadAllText(Path.Combine(_path, "page-3")));
        Assert.False(File.Exists(Path.Combine(_path, "nowhere")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_body_that_breaks_off_nothing_is_left_and_its_name_is_free_again(bool blocking)
    {
        _folder.Reserve(0, new Uri("http://h/page"));
        using var body = new BrokenStream(() => Assert.Single(Directory.GetFiles(_path)));
        if (blocking) Assert.Throws<IOException>(() => _folder.Write(0, body));
        else await Assert.ThrowsAsync<IOException>(() => _folder.WriteAsync(0, body, CancellationToken.None).AsTask());
        _folder.Release(0);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_path));
    }

    [Fact]
    public async Task Many_files_of_one_name_get_as_many_numbers()
    {
        for (var i = 0; i < 2000; i++)
        {
            _folder.Reserve(i, new Uri("http://h/page"));
            await Save(i, $"{i}");
            _folder.Release(i);
        }

        Assert.Equal(2000, Directory.GetFiles(_path).Length);
        Assert.Equal("1999", File.ReadAllText(Path.Combine(_path, "page-2000")));
    }

    [Fact]
    public void A_folder_is_created_and_left_empty()
    {
        var path = Path.Combine(_path, "a", "b");

        Assert.NotNull(new OutputFolder(path));

        Assert.Empty(Directory.EnumerateFileSystemEntries(path));
    }

    private async Task Save(int index, string text)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await _folder.WriteAsync(index, body, TestContext.Current.CancellationToken);
    }

    private IEnumerable<(string Name, string Text)> ReadAll() => Directory.GetFiles(_path)
        .Select(path => (Path.GetFileName(path), File.ReadAllText(path)))
        .OrderBy(file => file.Item1, StringComparer.Ordinal);

    /// <summary>Gives some bytes, then fails.</summary>
    private sealed class BrokenStream(Action beforeFailure) : MemoryStream(new byte[100])
    {
        public override int Read(Span<byte> buffer) => Fail(base.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => Fail(base.Read(buffer, offset, count));

        public override void CopyTo(Stream destination, int bufferSize)
        {
            int bytes;
            var buffer = new byte[bufferSize];
            while ((bytes = Read(buffer, 0, bufferSize)) > 0) destination.Write(buffer, 0, bytes);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Fail(base.Read(buffer.Span)));

        private int Fail(int bytes)
        {
            if (bytes > 0) return bytes;
            beforeFailure();
            throw new IOException("broken off");
        }
    }
}

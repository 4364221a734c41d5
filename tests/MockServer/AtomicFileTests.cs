using Downloader.MockServer.Client;

namespace Downloader.Tests.MockServer;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atomic-file");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_written_over_an_older_one_and_nothing_else_is_left()
    {
        var path = Path.Combine(_folder.FullName, "report.md");
        AtomicFile.Write(path, "a longer text that was there before");

        AtomicFile.Write(path, "é");

        Assert.Equal([0xC3, 0xA9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void A_reader_that_has_the_older_file_open_reads_it_to_its_end()
    {
        var path = Path.Combine(_folder.FullName, "report.md");
        AtomicFile.Write(path, "older");
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        AtomicFile.Write(path, "newer");

        Assert.Equal("older", reader.ReadToEnd());
        Assert.Equal("newer", File.ReadAllText(path));
    }

    [Fact]
    public void Where_it_cannot_be_written_nothing_is_left()
    {
        var path = Path.Combine(_folder.FullName, "report.md");
        Directory.CreateDirectory(path);

        var error = Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, "text"));

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_folder_is_missing_the_error_names_the_file()
    {
        var path = Path.Combine(_folder.FullName, "missing", "report.md");

        foreach (var use in (Action[])[() => AtomicFile.Write(path, "text"), () => AtomicFile.EnsureWritable(path)])
        {
            var error = Assert.ThrowsAny<IOException>(use);
            Assert.Contains($"{path}'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_can_be_written_is_left_as_it_is()
    {
        var path = Path.Combine(_folder.FullName, "report.md");
        AtomicFile.Write(path, "older");

        AtomicFile.EnsureWritable(path);

        Assert.Equal("older", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
    }
}

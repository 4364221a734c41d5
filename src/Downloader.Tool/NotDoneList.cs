namespace Downloader.Tool;

/// <summary>The file that lists what a stopped run did not do, in the form of an --input. URLs can hold passwords: a new file can be read
/// by the user only.</summary>
internal sealed class NotDoneList
{
    private readonly string? _path;

    /// <summary>A list in the file that the user names, or in a new one in the folder for temporary files.</summary>
    /// <param name="path">The value of --not-done, or null.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public NotDoneList(string? path)
    {
        if (path is null) return;
        try
        {
            _path = Path.GetFullPath(path);
            var isThere = Path.Exists(_path);
            Open(_path, FileMode.OpenOrCreate).Dispose();
            if (!isThere) File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(
                $"--not-done {PrintableText.Escape(path)}: must be a file that can be written; {PrintableText.Escape(e.Message)}");
        }
    }

    /// <summary>Whether the user named the file: it is then written after each run, empty where all was done.</summary>
    public bool IsNamed => _path is not null;

    /// <summary>Writes the list. The named file can be the --input that is still being read: it is overwritten once the list is
    /// complete.</summary>
    /// <param name="texts">URLs, and texts that are none.</param>
    /// <returns>The file, and how many it lists; no file where nothing is to be listed and the user named none.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<(string? Path, long Count)> WriteAsync(IAsyncEnumerable<string> texts)
    {
        var temporary = Path.Combine(Path.GetTempPath(), $"downloader-not-done-{Guid.NewGuid():N}.txt");
        long count = 0;
        await using (var writer = new StreamWriter(Open(temporary, FileMode.CreateNew)))
        {
            await foreach (var text in texts)
            {
                await writer.WriteLineAsync(FormatLine(text));
                count++;
            }
        }

        if (_path is null && count > 0) return (temporary, count);
        if (_path is not null) await CopyAsync(temporary, _path);
        File.Delete(temporary);
        return (_path, count);
    }

    /// <summary>A line that is read as the same URL: text from a command line can have line ends, or what would begin a comment.</summary>
    private static string FormatLine(string text)
    {
        if (IsReadAsItIs(text)) return text;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : $"# {PrintableText.Escape(text)}";
    }

    private static bool IsReadAsItIs(string text)
    {
        var beginsComment = text.Where((letter, i) => letter == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1]))).Any();
        return !beginsComment && !text.AsSpan().ContainsAny('\r', '\n') && text.Trim().Length == text.Length;
    }

    /// <summary>Not a renaming, which would put a file in the place of a link or a device.</summary>
    private static async Task CopyAsync(string from, string to)
    {
        await using var source = File.OpenRead(from);
        await using var target = Open(to, FileMode.Create);
        await source.CopyToAsync(target);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}

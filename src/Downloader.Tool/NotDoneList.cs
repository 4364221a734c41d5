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

    /// <summary>Where the list is written first, or only, where the user names no file.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Writes the list. The named file can be the --input that is still being read: it changes when the list is
    /// complete.</summary>
    /// <param name="texts">URLs, and texts that are none.</param>
    /// <returns>The file that has the list: where the named one cannot be written, another one. How many it lists; no file where nothing is
    /// to be listed and the user named none. And why the named file cannot be written, or null.</returns>
    /// <exception cref="IOException">No file can be written.</exception>
    /// <exception cref="UsageException">What is to be listed cannot be read.</exception>
    public async Task<(string? Path, long Count, string? Error)> WriteAsync(IAsyncEnumerable<string> texts)
    {
        var temporary = Path.Combine(TemporaryFolder, $"downloader-not-done-{Guid.NewGuid():N}.txt");
        var count = await WriteNewAsync(temporary, texts);
        string? error = null;
        if (_path is not null) error = await PutAsync(temporary, _path);
        var isNeeded = count > 0 && (_path is null || error is not null);
        if (isNeeded) return (temporary, count, error);
        TryDelete(temporary);
        return (_path, count, error);
    }

    private static async Task<long> WriteNewAsync(string path, IAsyncEnumerable<string> texts)
    {
        long count = 0;
        try
        {
            await using var writer = new StreamWriter(Open(path, FileMode.CreateNew));
            await foreach (var text in texts)
            {
                await writer.WriteLineAsync(FormatLine(text));
                count++;
            }
        }
        catch
        {
            TryDelete(path);
            throw;
        }

        return count;
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

    /// <summary>Puts the list in the named file.</summary>
    /// <returns>Why it cannot be written, or null.</returns>
    private static async Task<string?> PutAsync(string list, string path)
    {
        try
        {
            if (!CanBeReplaced(path) || !await TryReplaceAsync(list, path)) await CopyAsync(list, path, FileMode.Create);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>A link stays a link, and a device a device; a device has the length 0, and an empty file has nothing to lose.</summary>
    private static bool CanBeReplaced(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null && (!file.Exists || file.Length > 0);
    }

    /// <summary>Copies the list into the folder of the named file and renames it: where the disk is full, the file keeps what it
    /// has.</summary>
    /// <returns>False where no other file can be in the folder, or the named one cannot be replaced while it is open (Windows).</returns>
    private static async Task<bool> TryReplaceAsync(string list, string path)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".downloader-not-done-{Guid.NewGuid():N}.part");
        if (!TryCreate(beside)) return false;
        try
        {
            await CopyAsync(list, beside, FileMode.Open);
            return TryRename(beside, path);
        }
        finally
        {
            TryDelete(beside);
        }
    }

    private static bool TryCreate(string path)
    {
        try
        {
            Open(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryRename(string from, string to)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.Exists(to)) File.SetUnixFileMode(from, File.GetUnixFileMode(to));
            File.Move(from, to, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task CopyAsync(string from, string to, FileMode mode)
    {
        await using var source = File.OpenRead(from);
        await using var target = Open(to, mode);
        await source.CopyToAsync(target);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The list itself is what the user needs to know about.
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        var creates = mode is not FileMode.Open;
        if (creates && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}

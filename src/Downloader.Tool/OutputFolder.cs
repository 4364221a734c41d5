using System.Buffers;

namespace Downloader.Tool;

/// <summary>The folder of --output. A body is written to a temporary file in it, which gets its name when the body is complete; a file that
/// is there already is never replaced, and never followed where it is a link.</summary>
/// <remarks>Names are given in the order of the list, so that they are the same in each run into an empty folder: the second page.html is
/// page-2.html, also when it comes first.</remarks>
internal sealed class OutputFolder
{
    private const int BufferBytes = 32 * 1024;
    private const int MaxRemembered = 10_000;
    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, GivenName> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    // The number to try next for a name: without it, many files of one name would each try all numbers before.
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the folder, unless it is there.</summary>
    /// <param name="path">The value of --output.</param>
    /// <exception cref="UsageException">It cannot be created or written to.</exception>
    public OutputFolder(string path)
    {
        try
        {
            _path = Directory.CreateDirectory(path).FullName;
            using var probe = CreateTemporary(out var temporary);
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(
                $"--output {PrintableText.Escape(path)}: must be a folder that can be written to; {PrintableText.Escape(e.Message)}");
        }
    }

    /// <summary>Gives a download its name.</summary>
    /// <param name="index">Its place in the list.</param>
    /// <param name="uri">What is downloaded.</param>
    public void Reserve(long index, Uri uri)
    {
        var name = FileNames.FromUri(uri);
        lock (_lock) _names.Add(index, TakeFreeName(name));
    }

    /// <summary>Frees the name of a download that has ended.</summary>
    /// <param name="index">Its place in the list.</param>
    public void Release(long index)
    {
        lock (_lock)
        {
            if (_names.Remove(index, out var name)) _taken.Remove(name.Given);
        }
    }

    /// <summary>Writes a body to the file of its download.</summary>
    /// <param name="index">The place of the download in the list.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The file's path.</returns>
    public async ValueTask<string> WriteAsync(long index, Stream body, CancellationToken cancellationToken)
    {
        var file = CreateTemporary(out var temporary);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using (file)
            {
                int bytes;
                while ((bytes = await body.ReadAsync(buffer, cancellationToken)) > 0) file.Write(buffer.AsSpan(0, bytes));
            }

            return GiveName(index, temporary);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a body to the file of its download, blocking the caller.</summary>
    /// <param name="index">The place of the download in the list.</param>
    /// <param name="body">The body.</param>
    /// <returns>The file's path.</returns>
    public string Write(long index, Stream body)
    {
        var file = CreateTemporary(out var temporary);
        try
        {
            using (file) body.CopyTo(file, BufferBytes);
            return GiveName(index, temporary);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private FileStream CreateTemporary(out string path)
    {
        // Hidden, and of a name that no URL leads to: those never begin with a dot.
        path = Path.Combine(_path, $".downloader-{Guid.NewGuid():N}.part");
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private string GiveName(long index, string temporary)
    {
        while (true)
        {
            string path;
            lock (_lock) path = Path.Combine(_path, _names[index].Given);
            try
            {
                File.Move(temporary, path, overwrite: false);
                return path;
            }
            catch (IOException) when (IsThere(path))
            {
                // Another program was quicker, or it is a link that leads nowhere.
                lock (_lock)
                {
                    _taken.Remove(_names[index].Given);
                    _names[index] = TakeFreeName(_names[index].Wanted);
                }
            }
        }
    }

    private GivenName TakeFreeName(string name)
    {
        var number = _numbers.GetValueOrDefault(name, 1);
        var free = number == 1 ? name : FileNames.WithNumber(name, number);
        while (_taken.Contains(free) || IsThere(Path.Combine(_path, free))) free = FileNames.WithNumber(name, ++number);
        if (_numbers.Count >= MaxRemembered) _numbers.Clear();
        _numbers[name] = number + 1;
        _taken.Add(free);
        return new GivenName(name, free);
    }

    /// <summary>Also of a link that leads nowhere, for which <see cref="File.Exists"/> is false.</summary>
    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What made the download fail is what the user needs to know.
        }
    }

    /// <summary>The name of a URL's file, and the one it gets where others have it.</summary>
    private readonly record struct GivenName(string Wanted, string Given);
}

namespace Downloader;

/// <summary>Writes each body to a file.</summary>
/// <param name="path">The path for a download.</param>
internal sealed class FileReader(Func<DownloadItem, string> path) : BodyReader<string>
{
    public override async ValueTask<string> ReadAsync(DownloadBody body, CancellationToken cancellationToken)
    {
        var target = FindTarget(body.Item, out var temporary);
        try
        {
            var file = new FileStream(temporary, Options(FileOptions.Asynchronous));
            await using (file.ConfigureAwait(false))
            {
                await body.Stream.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            System.IO.File.Move(temporary, target, overwrite: true);
            return target;
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    public override string Read(DownloadBody body, CancellationToken cancellationToken)
    {
        var target = FindTarget(body.Item, out var temporary);
        try
        {
            using (var file = new FileStream(temporary, Options(FileOptions.None)))
            {
                body.Stream.CopyTo(file);
            }

            System.IO.File.Move(temporary, target, overwrite: true);
            return target;
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static FileStreamOptions Options(FileOptions options) => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        // What is written comes in large pieces.
        BufferSize = 0,
        Options = options,
    };

    private string FindTarget(DownloadItem item, out string temporary)
    {
        var target = Path.GetFullPath(path(item));
        var folder = Path.GetDirectoryName(target) ?? throw new IOException($"{target} is no path of a file");
        Directory.CreateDirectory(folder);
        // In the same folder, since a file can be renamed only within its file system. The name does not contain that of the target,
        // which can be as long as a name may be.
        temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        return target;
    }

    private static void Delete(string file)
    {
        try
        {
            System.IO.File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here says more.
        }
    }
}

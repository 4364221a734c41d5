namespace Downloader.Benchmarks.CommandLine;

/// <summary>The folder of the reports, taken for one run: two runs would write over each other's reports.</summary>
internal static class ArtifactsFolder
{
    /// <summary>More than the reports of a run need.</summary>
    private const long RequiredBytes = 16 * 1024 * 1024;

    // What the operating systems say of a file that another process has locked: Windows, Linux, macOS.
    private static readonly int[] Locked = [unchecked((int)0x80070020), 11, 35];

    /// <summary>Takes the folder until the result is disposed, and makes sure that reports can be written into it.</summary>
    /// <param name="path">The folder; it is created when it does not exist.</param>
    /// <exception cref="UsageException">It cannot be written, or another run has taken it.</exception>
    public static IDisposable Take(string path)
    {
        FileStream? lockFile = null;
        try
        {
            lockFile = CreateFile(path, ".lock", 0);
            CreateFile(Path.Combine(path, "results"), ".probe", RequiredBytes).Dispose();
            return lockFile;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lockFile?.Dispose();
            throw new UsageException(Locked.Contains(e.HResult)
                ? $"--artifacts {path}: must be a folder of its own for each run; another run is writing there."
                : $"--artifacts {path}: must be a folder that can be written, with 16 MiB of free space. {e.Message}");
        }
    }

    private static FileStream CreateFile(string folder, string name, long bytes)
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, name), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = bytes,
        });
    }
}

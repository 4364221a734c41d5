namespace Downloader.Benchmarks.Measurement;

/// <summary>The folder in which BenchmarkDotNet generates and builds the project of one run. Each run has one of its own, so that several
/// can run in one checkout; what a killed run left behind is deleted by the next.</summary>
/// <remarks>The lock file beside the folder is open for as long as the run lives; the operating system closes it, however the run
/// ends.</remarks>
internal sealed class GeneratedFolder : IDisposable
{
    private const string LockExtension = ".lock";
    private readonly FileStream _lock;

    private GeneratedFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    /// <summary>The folder; BenchmarkDotNet creates it.</summary>
    public string Path { get; }

    /// <summary>Whether the folder stays when the run ends.</summary>
    public bool IsKept { get; init; }

    /// <summary>Takes a new folder and deletes those of runs that were killed.</summary>
    /// <param name="root">Holds the folders of all runs.</param>
    /// <param name="isKept">Whether the folder stays when the run ends.</param>
    /// <exception cref="MeasurementException">No file can be created there.</exception>
    public static GeneratedFolder Create(string root, bool isKept)
    {
        try
        {
            Directory.CreateDirectory(root);
            DeleteAbandoned(root);
            var path = System.IO.Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}"[..16]);
            return new GeneratedFolder(path, Lock(path + LockExtension, FileMode.CreateNew)) { IsKept = isKept };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MeasurementException($"The benchmarks cannot be built in {root}: {e.Message}");
        }
    }

    /// <summary>Deletes the folder and its lock file.</summary>
    public void Dispose()
    {
        if (!IsKept) Delete(Path);
        _lock.Dispose();
    }

    /// <summary>Holds the folders of all runs: beside the assembly, or in the temporary folder where that path has an apostrophe, because
    /// MSBuild cannot copy into such an output folder.</summary>
    /// <param name="assemblyFolder">The folder of the benchmarks' assembly.</param>
    public static string GetRoot(string assemblyFolder) => assemblyFolder.Contains('\'', StringComparison.Ordinal)
        ? System.IO.Path.Combine(System.IO.Path.GetTempPath(), "downloader-benchmarks")
        : System.IO.Path.Combine(assemblyFolder, "runs");

    private static FileStream Lock(string path, FileMode mode) =>
        new(path, mode, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);

    private static void DeleteAbandoned(string root)
    {
        foreach (var path in Directory.EnumerateFiles(root, "*" + LockExtension).ToList())
        {
            try
            {
                using var taken = Lock(path, FileMode.Open);
                Delete(path[..^LockExtension.Length]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its run is alive, or it belongs to another user.
            }
        }
    }

    /// <summary>A build that was interrupted may still write for a moment: tries for a second.</summary>
    private static void Delete(string path)
    {
        for (var attempt = 0; attempt < 10 && Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}

using System.Globalization;

namespace Downloader.Tool;

/// <summary>Refuses a worker count for which the process has too few open files or threads: the runtime ends the process when it cannot
/// open a file or start a thread of its own.</summary>
/// <remarks>Checked on Linux, which shows limits and use in /proc. Limits of a container (cgroup pids.max) are not checked.</remarks>
internal static class ResourceLimits
{
    // For name lookups, event queues, certificates, and assemblies where the tool is not compiled ahead of time.
    private const int ReservedFiles = 64;

    // For the thread pool, its gate, sockets, timers and the JIT.
    private const int ReservedThreads = 24;

    /// <summary>Checks before a run.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="workers">The value of --workers.</param>
    /// <param name="downloads">How many downloads there are; null where it is not known.</param>
    /// <param name="savesFiles">Whether each download has a file open, besides its socket.</param>
    /// <exception cref="UsageException">A limit is too low.</exception>
    public static void Check(DownloadStrategy strategy, int workers, long? downloads, bool savesFiles)
    {
        if (!File.Exists("/proc/self/limits")) return;
        var inFlight = strategy.IsBounded ? Math.Min(workers, downloads ?? workers) : downloads ?? 1;
        if (strategy.Kind == StrategyKind.Sequential) inFlight = Math.Min(inFlight, 1);

        var option = strategy.IsBounded ? $"--workers {workers}" : $"--strategy {strategy.Name}";
        var files = FindLimit("Max open files");
        var freeFiles = files - Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() - ReservedFiles;
        var possible = freeFiles / (savesFiles ? 2 : 1);
        var filesLimit = $"{files} open files (ulimit -n)" + (savesFiles ? ", two a download with --output" : "");
        if (inFlight > possible) throw new UsageException(Format(option, inFlight, possible, filesLimit));

        // A privileged process has no such limit.
        if (strategy.Kind != StrategyKind.Blocking || Environment.IsPrivilegedProcess) return;
        var threads = FindLimit("Max processes");
        var freeThreads = threads - CountThreadsOfUser() - ReservedThreads;
        if (inFlight > freeThreads) throw new UsageException(Format(option, inFlight, freeThreads, $"{threads} threads (ulimit -u)"));
    }

    private static string Format(string option, long inFlight, long possible, string limit) => possible < 1
        ? $"{option}: the limit of {limit} is too low for any download."
        : $"{option}: {inFlight} downloads at once are too many for the limit of {limit}; they must be at most {possible}.";

    /// <summary>The soft limit, which the runtime has raised to the hard one where it can.</summary>
    private static long FindLimit(string name)
    {
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var value = line.Length > name.Length ? line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0] : "";
        return long.TryParse(value, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }

    private static int CountThreadsOfUser()
    {
        var user = ReadField("/proc/self/status", "Uid:");
        return Directory.EnumerateDirectories("/proc")
            .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && ReadField($"{path}/status", "Uid:") == user)
            .Select(path => ReadField($"{path}/status", "Threads:"))
            .Sum(count => int.TryParse(count, CultureInfo.InvariantCulture, out var threads) ? threads : 0);
    }

    private static string? ReadField(string path, string name)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended.
            return null;
        }
    }
}

using Downloader.Benchmarks.Reports;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Writes figures for crank to standard output, and errors where they cannot get between their lines.</summary>
internal static class JobStatisticsWriter
{
    /// <summary>Standard output and standard error are two pipes, which crank's agent reads independently: a line of the second must come
    /// long after the block on the first.</summary>
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(0.5);

    /// <summary>Writes the block at once.</summary>
    public static void Write(IReadOnlyList<JobMeasurement> measurements)
    {
        Console.Out.Write(JobStatisticsView.Render(measurements, DateTimeOffset.UtcNow));
        Console.Out.Flush();
    }

    /// <summary>Writes lines to standard error, after a block.</summary>
    public static void WriteErrors(IEnumerable<string> lines)
    {
        Thread.Sleep(Distance);
        foreach (var line in lines) Console.Error.WriteLine(line);
    }
}

namespace Downloader.Benchmarks.CommandLine;

/// <summary>What the process's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All well.</summary>
    public const int Success = 0;

    /// <summary>Something failed: a download, a benchmark, an audit.</summary>
    public const int Failure = 1;

    /// <summary>The call was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C (<c>download</c> also by SIGTERM) before all was done: 128 + SIGINT, as shells have it for Ctrl-C. It wins over
    /// <see cref="Failure"/>: what failed is told all the same.</summary>
    public const int Interrupted = 130;
}

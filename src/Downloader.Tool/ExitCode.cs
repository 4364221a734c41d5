namespace Downloader.Tool;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>All was downloaded.</summary>
    public const int Success = 0;

    /// <summary>A download failed, or the output could not be written.</summary>
    public const int Failure = 1;

    /// <summary>Invalid arguments.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C or SIGTERM before all was done: 128 + SIGINT, as shells have it for Ctrl-C. It takes precedence over
    /// <see cref="Failure"/>; failures are printed all the same.</summary>
    public const int Interrupted = 130;
}

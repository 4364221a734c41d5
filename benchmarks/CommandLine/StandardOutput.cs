using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Standard output, whose write errors are reported: <see cref="Console"/> ignores that the reader of a pipe has closed
/// it.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    // POLLERR, POLLHUP and POLLNVAL, which have these values on Linux, macOS and the BSDs.
    private const short Closed = 0x08 | 0x10 | 0x20;

    /// <summary>Writes a line at once.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteLine(string line)
    {
        if (IsClosed()) throw new IOException("Broken pipe");
        Console.Out.WriteLine(line);
    }

    private static bool IsClosed()
    {
        if (OperatingSystem.IsWindows()) return false;
        var poll = new PollDescriptor { Descriptor = Descriptor };
        return Poll(ref poll, 1, 0) > 0 && (poll.Events & Closed) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMs);

    /// <summary>The C structure pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short RequestedEvents;
        public short Events;
    }
}

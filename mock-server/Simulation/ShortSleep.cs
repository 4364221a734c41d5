using System.Runtime.InteropServices;

namespace Downloader.MockServer.Simulation;

/// <summary>Sleeps for less than a few milliseconds, to within a tenth of one, without keeping a core busy; except on Windows.</summary>
internal static partial class ShortSleep
{
    /// <summary>Sleeps at least that long, unless a signal interrupts it: the caller checks the clock again.</summary>
    public static void For(TimeSpan time)
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows sleeps in steps of up to 15 ms unless a program asks for finer ones: yield the core
            // to other threads, and spin when there are none.
            Thread.Sleep(0);
            return;
        }

        var duration = new TimeSpec { Seconds = 0, Nanoseconds = (nint)time.TotalNanoseconds };
        _ = NanoSleep(in duration, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec duration, nint remaining);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

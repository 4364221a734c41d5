using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Downloader.MockServer.Simulation;

/// <summary>Sleeps for less than a few milliseconds without keeping a core busy; on Linux to within a tenth of one.</summary>
/// <remarks>Windows sleeps in steps of up to 15 ms. There the thread waits for a waitable timer of high resolution, which Windows has since
/// 10 1803; on an older one it gives its core to other threads again and again. The part for Windows compiles, but has never
/// been run.</remarks>
internal static partial class ShortSleep
{
    /// <summary>Sleeps about that long. It may end early, as when a signal comes: the caller checks the clock again.</summary>
    public static void For(TimeSpan time)
    {
        if (OperatingSystem.IsWindows())
        {
            HighResolutionTimer.Wait(time);
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

    /// <summary>A waitable timer for each thread that sleeps: there is one, the precise timer's.</summary>
    [SupportedOSPlatform("windows")]
    private static partial class HighResolutionTimer
    {
        private const uint HighResolution = 0x2; // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
        private const uint AllAccess = 0x1F0003; // TIMER_ALL_ACCESS
        private const uint Infinite = 0xFFFFFFFF; // INFINITE

        [ThreadStatic]
        private static nint _timer;

        public static void Wait(TimeSpan time)
        {
            if (_timer == 0) _timer = CreateWaitableTimerEx(0, null, HighResolution, AllAccess);
            // In ticks of 100 ns, as TimeSpan counts; a negative time counts from now on.
            var due = -Math.Max(1, time.Ticks);
            var isSet = _timer != 0 && SetWaitableTimer(_timer, in due, 0, 0, 0, false);
            if (isSet)
            {
                _ = WaitForSingleObject(_timer, Infinite);
            }
            else
            {
                Thread.Sleep(0);
            }
        }

        [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW", StringMarshalling = StringMarshalling.Utf16)]
        private static partial nint CreateWaitableTimerEx(nint attributes, string? name, uint flags, uint access);

        [LibraryImport("kernel32")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static partial bool SetWaitableTimer(
            nint timer, in long due, int period, nint routine, nint argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

        [LibraryImport("kernel32")]
        private static partial uint WaitForSingleObject(nint handle, uint milliseconds);
    }
}

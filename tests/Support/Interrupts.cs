using System.Globalization;

namespace Downloader.Tests.Support;

/// <summary>Whether SIGINT reaches the programs these tests start.</summary>
public static class Interrupts
{
    private const ulong Sigint = 1UL << (2 - 1);

    /// <summary>A shell starts what it puts in the background with SIGINT ignored, and what is started from there inherits this.</summary>
    public static void SkipWhereIgnored() => Assert.SkipWhen(
        AreIgnored(),
        "SIGINT is ignored here, as in what a shell starts in the background: run the tests in the foreground.");

    private static bool AreIgnored()
    {
        if (!OperatingSystem.IsLinux()) return false;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        var ignored = ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored & Sigint) != 0;
    }
}

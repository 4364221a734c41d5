using System.Globalization;

namespace Downloader.Tests.Support;

/// <summary>Whether SIGINT reaches the programs these tests start.</summary>
public static class Interrupts
{
    private const ulong Sigint = 1UL << (2 - 1);

    /// <summary>A shell has what it starts in the background ignore SIGINT, and all that is started from there inherits it.</summary>
    public static void SkipWhereIgnored() =>
        Assert.SkipWhen(AreIgnored(), "SIGINT is ignored here, as in what a shell starts in the background: run the tests in the foreground.");

    private static bool AreIgnored() => OperatingSystem.IsLinux()
        && (ulong.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Sigint) != 0;
}

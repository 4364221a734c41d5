using System.Reflection;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The name under which a calibration introduces itself.</summary>
public static class ProbeUserAgent
{
    /// <summary>The name that robots.txt can address.</summary>
    public const string ProductToken = "Downloader";

    /// <summary>The header's value.</summary>
    public static string Text { get; } = $"{ProductToken}/{Version} (calibrate)";

    /// <summary>The version, without the commit.</summary>
    private static string Version =>
        typeof(DownloadStrategy).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}

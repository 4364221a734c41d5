namespace Downloader.Tests.Support;

/// <summary>Which test classes do not run side by side. A class without a collection runs beside all others but those of
/// <see cref="Alone"/>.</summary>
public static class TestCollections
{
    /// <summary>Run alone: tests that measure, or that change the environment of the process.</summary>
    public const string Alone = "alone";

    /// <summary>Run one after another, beside other classes: each builds and runs benchmarks, which keeps both cores of a small machine
    /// busy.</summary>
    public const string BenchmarkRuns = "benchmark runs";

    /// <summary>More of them, which run beside <see cref="BenchmarkRuns"/>: one uses the cores while the other one waits.</summary>
    public const string OtherRuns = "other runs";

    /// <summary>Run one after another, beside other classes: tests in a browser.</summary>
    public const string InBrowser = "in a browser";

    /// <summary>The trait of tests that the fast subset leaves out: those that run BenchmarkDotNet, a browser, a build or several programs,
    /// simulate for long, or wait for more than about two seconds.</summary>
    public const string Category = "Category";

    /// <summary>Its value.</summary>
    public const string Slow = "Slow";
}

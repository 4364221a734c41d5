namespace Downloader.Tests.Support;

/// <summary>Which test classes do not run side by side. A class without a collection runs beside all others but those of
/// <see cref="Alone"/>.</summary>
public static class TestCollections
{
    /// <summary>Run alone: tests that measure, or that change the console, the environment or the settings of the process.</summary>
    public const string Alone = "alone";

    /// <summary>One after another, since each builds and runs benchmarks in the same folders.</summary>
    public const string BenchmarkRuns = "benchmark runs";

    /// <summary>The trait of tests that the fast subset leaves out: whole runs of BenchmarkDotNet, and those in a browser.</summary>
    public const string Category = "Category";

    /// <summary>Its value.</summary>
    public const string Slow = "Slow";
}

using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Starts the benchmarks' Release build to measure.</summary>
internal static class BenchmarkProgram
{
    /// <summary>BenchmarkDotNet gives up its build after two minutes, which a very busy machine can take; here it has ten.</summary>
    private static readonly string[] PatientBuild = ["--buildTimeout", "600"];

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="leadsGroup">Whether it leads a process group of its own, as a shell in a terminal arranges it (Linux only).</param>
    /// <param name="environment">Variables that are set for it.</param>
    public static RunningProgram Start(
        IEnumerable<string> arguments, bool leadsGroup = false, IReadOnlyDictionary<string, string>? environment = null) =>
        new(BuiltProgram.Release, [.. arguments, .. PatientBuild], leadsGroup: leadsGroup, environment: environment);
}

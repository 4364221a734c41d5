using System.Reflection;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Paths that the build wrote into this assembly.</summary>
internal static class BuildPaths
{
    /// <summary>The folder of this project's source, which BenchmarkDotNet builds again.</summary>
    public static string Project => Metadata("Project");

    /// <summary>The mock server's assembly, which the benchmarks never reference.</summary>
    /// <exception cref="MeasurementException">It is not built.</exception>
    public static string MockServer => Metadata("MockServer") is var path && File.Exists(path)
        ? path
        : throw new MeasurementException($"The mock server is not built: {path} is missing. Run: dotnet build -c Release");

    private static string Metadata(string key) => typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

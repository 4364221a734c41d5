using System.Reflection;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Paths that the build wrote into this assembly.</summary>
internal static class BuildPaths
{
    private const string ProjectFile = "Downloader.Benchmarks.csproj";

    /// <summary>The folder of this project's file, whose settings BenchmarkDotNet reads: that of the source, or of the published program,
    /// which has the file beside it.</summary>
    public static string Project => File.Exists(Path.Combine(AppContext.BaseDirectory, ProjectFile))
        ? AppContext.BaseDirectory
        : Metadata("Project");

    /// <summary>The mock server's assembly, which the benchmarks never reference.</summary>
    /// <exception cref="MeasurementException">It is not built.</exception>
    public static string MockServer => Metadata("MockServer") is var path && File.Exists(path)
        ? path
        : throw new MeasurementException($"The mock server is not built: {path} is missing. Run: dotnet build -c Release");

    private static string Metadata(string key) => typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

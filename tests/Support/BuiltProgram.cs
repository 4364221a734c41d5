using System.Diagnostics;
using System.Reflection;
using Downloader.Benchmarks.Execution;

namespace Downloader.Tests.Support;

/// <summary>The programs as users run them: built, and in processes of their own.</summary>
public static class BuiltProgram
{
    private static readonly Lazy<string> ReleaseBuild = new(BuildRelease);

    /// <summary>The benchmarks' Release build: a Debug build measures nothing. It is made here unless these tests are one, too.</summary>
    public static string Release => ReleaseBuild.Value;

    /// <summary>The benchmarks, of the same build as these tests: enough for all that does not measure.</summary>
    public static string Benchmarks => PathOf(Configuration);

    /// <summary>The mock server, of the same build as these tests.</summary>
    public static string MockServer => ReadMetadata("MockServer");

    /// <summary>The tool, of the same build as these tests.</summary>
    public static string Tool => Path.Combine(ToolProject, "bin", Configuration, "net10.0", "Downloader.Tool.dll");

    /// <summary>The folder of the tool's project.</summary>
    public static string ToolProject => Path.Combine(Root, "src", "Downloader.Tool");

    /// <summary>The folder in which the Release build keeps what BenchmarkDotNet generates.</summary>
    public static string ReleaseFolder => Path.GetDirectoryName(Release)!;

    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ReadMetadata("Project"), ".."));

    private static string Configuration =>
        typeof(BuiltProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Runs the benchmarks, of the same build as these tests, to their end.</summary>
    public static ProgramResult RunBenchmarks(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(Benchmarks, arguments);
        return program.WaitForExit();
    }

    private static string BuildRelease()
    {
        if (Configuration != "Release")
        {
            // No build server: it would run on after the tests and hold their pipes open.
            string[] arguments = ["build", "-c", "Release", "-v", "quiet", "--nologo", "--disable-build-servers", ReadMetadata("Project")];
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
            // What dotnet test sets for its children does not fit a build of another configuration.
            var inherited = start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList();
            foreach (var name in inherited) start.Environment.Remove(name);
            using var build = Process.Start(start)!;
            var output = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, $"The Release build failed:\n{output}");
        }

        return PathOf("Release");
    }

    private static string PathOf(string configuration) =>
        Path.Combine(ReadMetadata("Project"), "bin", configuration, "net10.0", "Downloader.Benchmarks.dll");

    private static string ReadMetadata(string key) => typeof(BenchmarkSettings).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

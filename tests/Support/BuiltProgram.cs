using System.Diagnostics;
using System.Reflection;
using Downloader.Benchmarks.Execution;

namespace Downloader.Tests.Support;

/// <summary>The programs as users run them: built, in processes of their own.</summary>
public static class BuiltProgram
{
    private static readonly Lazy<string> ReleaseBuild = new(() => Build("Release"));
    private static readonly Lazy<string> DebugBuild = new(() => Build("Debug"));

    /// <summary>The benchmarks' Release build, the one that measures.</summary>
    public static string Release => ReleaseBuild.Value;

    /// <summary>The benchmarks' Debug build, which refuses to.</summary>
    public static string Debug => DebugBuild.Value;

    /// <summary>The mock server, of the same build as these tests.</summary>
    public static string MockServer => Metadata("MockServer");

    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Metadata("Project"), ".."));

    /// <summary>Runs the benchmarks' Release build to its end.</summary>
    public static Outcome Run(params IReadOnlyList<string> arguments)
    {
        using var program = new RunningProgram(Release, arguments);
        return program.End();
    }

    /// <summary>These tests were built in one configuration, together with what they refer to; the other is built when it is first asked for.</summary>
    private static string Build(string configuration)
    {
        var tests = typeof(BuiltProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        if (configuration != tests)
        {
            // No build server: it would outlive the tests, with their pipes in its hands.
            var start = new ProcessStartInfo("dotnet", ["build", "-c", configuration, "-v", "quiet", "--nologo", "--disable-build-servers", Metadata("Project")])
            {
                RedirectStandardOutput = true,
            };
            // What dotnet test tells its children is not meant for a build of another configuration.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
            using var build = Process.Start(start)!;
            var output = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, $"The {configuration} build failed:\n{output}");
        }

        return Path.Combine(Metadata("Project"), "bin", configuration, "net10.0", "Downloader.Benchmarks.dll");
    }

    private static string Metadata(string key) =>
        typeof(BenchmarkSettings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

using System.Diagnostics;
using System.Runtime.Loader;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;
using Mono.Cecil;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>The benchmarks' assembly with the attribute that the compiler gives a Debug build, loaded a second time: to make a real Debug
/// build would take half a minute.</summary>
internal static class DebugBuild
{
    /// <summary>Calls its command line.</summary>
    public static async Task<int> RunAsync(params string[] arguments)
    {
        using var image = new MemoryStream();
        using (var assembly = AssemblyDefinition.ReadAssembly(typeof(BenchmarkCommand).Assembly.Location))
        {
            var debuggable = assembly.CustomAttributes.Single(attribute => attribute.AttributeType.Name == nameof(DebuggableAttribute));
            var modes = DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations;
            debuggable.ConstructorArguments[0] = new CustomAttributeArgument(debuggable.ConstructorArguments[0].Type, (int)modes);
            assembly.Write(image);
        }

        image.Position = 0;
        var copy = new AssemblyLoadContext("Debug build").LoadFromStream(image);
        var command = copy.GetType(typeof(BenchmarkCommand).FullName!)!;
        try
        {
            return await (Task<int>)command.GetMethod(nameof(BenchmarkCommand.RunAsync))!.Invoke(null, [arguments])!;
        }
        finally
        {
            // The settings of the copy are those of the process.
            Environment.SetEnvironmentVariable(BenchmarkSettings.EnvironmentVariableName, null);
        }
    }
}

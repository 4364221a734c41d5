using System.Diagnostics;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Builds the benchmarks of a checkout of this project.</summary>
internal static class CheckoutBuild
{
    private const string Project = "benchmarks/Downloader.Benchmarks.csproj";

    /// <summary>The benchmarks' assembly of this process.</summary>
    public static string Own => typeof(CheckoutBuild).Assembly.Location;

    /// <summary>Whether the folder holds a checkout of this project.</summary>
    public static bool IsCheckout(string folder) => File.Exists(Path.Combine(folder, Project));

    /// <summary>Builds a checkout, unless it is this one.</summary>
    /// <param name="folder">The top of the checkout.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>The path of the benchmarks' assembly.</returns>
    /// <exception cref="MeasurementException">It cannot be built; one line says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        var projectFolder = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, Project)))!;
        if (projectFolder == Path.GetFullPath(BuildPaths.Project)) return Own;
        var error = await DotnetCommand.RunAsync(folder, ["build", projectFolder], cancellationToken);
        if (error is not null) throw new MeasurementException($"{folder} cannot be built: {error}");
        var assembly = Path.Combine(projectFolder, Path.GetRelativePath(BuildPaths.Project, Own));
        return File.Exists(assembly) ? assembly : throw new MeasurementException($"{folder} cannot be built: {assembly} is missing.");
    }

    /// <summary>Removes what <c>dotnet run</c> and this program set for processes of their own: it does not fit another
    /// checkout.</summary>
    public static void RemoveInheritedVariables(ProcessStartInfo start)
    {
        start.Environment.Remove(BenchmarkSettings.EnvironmentVariableName);
        foreach (var name in start.Environment.Keys.Where(IsForBuilds).ToList()) start.Environment.Remove(name);
    }

    private static bool IsForBuilds(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}

using System.Diagnostics;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Builds the benchmarks of a checkout of this project.</summary>
internal static class CheckoutBuild
{
    private const string Project = "benchmarks/Downloader.Benchmarks.csproj";
    private const string ErrorMark = ": error ";

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
        // No build server: it would stay in memory and take processor time beside the measurement.
        string[] arguments = ["build", "-c", "Release", "-v", "quiet", "--nologo", "--disable-build-servers", projectFolder];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        RemoveInheritedVariables(start);
        using var build = Process.Start(start)!;
        try
        {
            var output = await build.StandardOutput.ReadToEndAsync(cancellationToken);
            await build.WaitForExitAsync(cancellationToken);
            if (build.ExitCode != 0) throw new MeasurementException($"{folder} cannot be built: {GetReason(output)}");
        }
        finally
        {
            if (!build.HasExited) build.Kill(entireProcessTree: true);
        }

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

    private static string GetReason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var error = Array.Find(lines, line => line.Contains(ErrorMark, StringComparison.Ordinal));
        return error ?? lines.LastOrDefault() ?? "it gave no reason.";
    }
}

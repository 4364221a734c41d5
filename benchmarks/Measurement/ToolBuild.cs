using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Builds the tool for the cases that run it.</summary>
internal static class ToolBuild
{
    private const string Assembly = "Downloader.Tool";
    private const string ErrorMark = ": error ";

    private static string Project => Path.GetFullPath(Path.Combine(BuildPaths.Project, "..", "src", Assembly));

    /// <summary>Whether a case runs the tool.</summary>
    public static bool IsNeeded(IEnumerable<BenchmarkRunInfo> suites) => Compilations(suites).Any();

    /// <summary>Builds the tool as the cases need it.</summary>
    /// <param name="suites">The cases.</param>
    /// <param name="folder">Where everything is built: the build of the checkout stays as it is.</param>
    /// <param name="cancellationToken">Ends the builds.</param>
    /// <exception cref="MeasurementException">The tool cannot be built at all.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ToolPrograms> BuildAsync(
        IEnumerable<BenchmarkRunInfo> suites, string folder, CancellationToken cancellationToken)
    {
        var compilations = Compilations(suites).ToHashSet();
        var programs = new ToolPrograms();
        if (compilations.Contains(ToolCompilation.JustInTime))
        {
            var output = Path.Combine(folder, "tool-jit");
            var error = await RunAsync("build", output, cancellationToken);
            if (error is not null) throw new MeasurementException($"The tool cannot be built: {error}");
            programs = programs with { JustInTime = [DotnetHost.Path, "exec", Path.Combine(output, $"{Assembly}.dll")] };
        }

        if (!compilations.Contains(ToolCompilation.AheadOfTime)) return programs;
        var published = Path.Combine(folder, "tool-aot");
        var publishError = await RunAsync("publish", published, cancellationToken, "--use-current-runtime");
        var program = Path.Combine(published, OperatingSystem.IsWindows() ? $"{Assembly}.exe" : Assembly);
        return publishError is null
            ? programs with { AheadOfTime = [program] }
            : programs with { AheadOfTimeError = WithoutPaths(publishError) };
    }

    /// <summary>The cases whose tool could be built.</summary>
    /// <exception cref="MeasurementException">None is left.</exception>
    public static BenchmarkRunInfo[] WithoutMissing(IEnumerable<BenchmarkRunInfo> suites, ToolPrograms programs)
    {
        BenchmarkRunInfo[] left =
        [
            .. suites.Select(suite => new BenchmarkRunInfo([.. suite.BenchmarksCases.Where(IsThere)], suite.Type, suite.Config))
                .Where(suite => suite.BenchmarksCases.Length > 0),
        ];
        return left.Length > 0
            ? left
            : throw new MeasurementException($"The tool cannot be compiled ahead of time: {programs.AheadOfTimeError}");

        bool IsThere(BenchmarkCase one) =>
            CaseCatalogue.Describe(one).Tool is not { } compilation || programs.Find(compilation) is not null;
    }

    /// <summary>The error alone: neither the file that has it nor the project. It stands in reports, which carry no folder of this
    /// machine.</summary>
    /// <param name="error">A line of MSBuild's: <c>FILE(LINE): error CODE: MESSAGE [PROJECT]</c>.</param>
    internal static string WithoutPaths(string error)
    {
        var mark = error.IndexOf(ErrorMark, StringComparison.Ordinal);
        var text = mark < 0 ? error : error[(mark + ErrorMark.Length)..].TrimStart(':', ' ');
        var project = text.LastIndexOf(" [", StringComparison.Ordinal);
        return project < 0 ? text : text[..project];
    }

    private static IEnumerable<ToolCompilation> Compilations(IEnumerable<BenchmarkRunInfo> suites) =>
        suites.SelectMany(suite => suite.BenchmarksCases).Select(one => CaseCatalogue.Describe(one).Tool).OfType<ToolCompilation>();

    /// <summary>Both builds leave what is between in one folder: the library is compiled once.</summary>
    private static Task<string?> RunAsync(string command, string output, CancellationToken cancellationToken, params string[] options)
    {
        var artifacts = Path.Combine(Path.GetDirectoryName(output)!, "tool-build");
        return DotnetCommand.RunAsync(
            Project, [command, Project, "-o", output, "--artifacts-path", artifacts, .. options], cancellationToken);
    }
}

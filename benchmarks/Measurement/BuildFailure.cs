using BenchmarkDotNet.Toolchains.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Why the generated project could not be built.</summary>
internal static class BuildFailure
{
    private const string ErrorMark = ": error ";

    /// <summary>The first error of the compiler or of MSBuild, in one line.</summary>
    public static string GetReason(BuildResult result)
    {
        if (result.GenerateException is { } exception) return exception.Message;
        var lines = (result.ErrorMessage ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var error = Array.Find(lines, line => line.Contains(ErrorMark, StringComparison.Ordinal));
        return error ?? lines.LastOrDefault() ?? "the build gave no reason.";
    }
}

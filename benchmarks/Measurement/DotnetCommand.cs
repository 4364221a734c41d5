using System.Diagnostics;

namespace Downloader.Benchmarks.Measurement;

/// <summary>A command of <c>dotnet</c> that builds something.</summary>
internal static class DotnetCommand
{
    private const string ErrorMark = ": error ";

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it failed, in one line; null when it succeeded.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<string?> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        // No build server: it would stay in memory and take processor time beside the measurement. No analyzers: they say nothing of how
        // fast the program is.
        string[] all =
            [.. arguments, "-c", "Release", "-v", "quiet", "--nologo", "--disable-build-servers", "-p:RunAnalyzers=false"];
        var start = new ProcessStartInfo(DotnetHost.Path, all) { WorkingDirectory = folder, RedirectStandardOutput = true };
        CheckoutBuild.RemoveInheritedVariables(start);
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : GetReason(output);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string GetReason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var error = Array.Find(lines, line => line.Contains(ErrorMark, StringComparison.Ordinal));
        return error ?? lines.LastOrDefault() ?? "it gave no reason.";
    }
}

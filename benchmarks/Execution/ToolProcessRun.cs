using System.Diagnostics;
using System.Globalization;

namespace Downloader.Benchmarks.Execution;

/// <summary>Downloads a list with the tool <c>downloader</c>, as a process of its own: its start and its end are part of the run.</summary>
/// <param name="uris">The list.</param>
/// <param name="downloadCase">Its strategy, workers, retries and rate.</param>
/// <param name="command">The program, and its first arguments.</param>
internal sealed class ToolProcessRun(IReadOnlyList<Uri> uris, DownloadCase downloadCase, IReadOnlyList<string> command)
{
    private const string SuccessMark = "Read ";
    private const string FailureMark = "Failed ";

    private readonly string _list = string.Concat(uris.Select(uri => $"{uri.OriginalString}\n"));
    private readonly Dictionary<string, Uri> _byText = uris.Distinct().ToDictionary(uri => uri.OriginalString);

    /// <summary>Downloads the whole list once.</summary>
    /// <returns>One result per URI, in the order in which they ended. How long each took is not known.</returns>
    public async Task<IReadOnlyList<DownloadResult>> RunAsync()
    {
        using var process = Process.Start(CreateStart())!;
        // Read while the list is written: a tool whose output nobody takes would wait.
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(_list).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended: its exit code and its errors say why.
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        return ReadResults(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }

    private ProcessStartInfo CreateStart()
    {
        List<string> arguments =
            [.. command.Skip(1), "--input", "-", "--strategy", downloadCase.StrategyName, "--workers", $"{downloadCase.Workers ?? 1}"];
        if (downloadCase.MaxRetries > 0) arguments.AddRange(["--retry", $"{downloadCase.MaxRetries}"]);
        if (downloadCase.Rate is { } rate) arguments.AddRange(["--rate", rate.ToString(CultureInfo.InvariantCulture)]);
        return new ProcessStartInfo(command[0], arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>What the tool printed, as results.</summary>
    /// <returns>One result per URI. Where the lines or the exit code are not those of a run that has ended well, one failure at least says
    /// so.</returns>
    internal List<DownloadResult> ReadResults(int exitCode, string output, string errors)
    {
        List<DownloadResult> results = new(uris.Count);
        foreach (var line in LinesOf(output, SuccessMark))
        {
            var parts = line.Split(" from ", 2);
            results.Add(new DownloadResult(
                _byText[parts[1]], long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero, Failure: null));
        }

        foreach (var line in LinesOf(errors, FailureMark))
        {
            var parts = line.Split(": ", 2);
            results.Add(Failed(_byText[parts[0]], parts[1]));
        }

        var fittingExitCode = results.TrueForAll(result => result.Succeeded) ? 0 : 1;
        if (results.Count == uris.Count && exitCode == fittingExitCode) return results;
        var reason = errors.Split('\n').FirstOrDefault(line => line.Length > 0) ?? $"it printed {results.Count} results of {uris.Count}";
        var missing = Math.Max(1, uris.Count - results.Count);
        var failure = Failed(uris[0], $"The tool ended with exit code {exitCode}: {reason}");
        return [.. results.Take(uris.Count - missing), .. Enumerable.Repeat(failure, missing)];
    }

    private static DownloadResult Failed(Uri uri, string reason) =>
        new(uri, 0, TimeSpan.Zero, new DownloadFailure(FailureReason.Other, reason));

    /// <summary>What follows the mark in each line that begins with it.</summary>
    private static IEnumerable<string> LinesOf(string text, string mark) => text.Split('\n')
        .Where(line => line.StartsWith(mark, StringComparison.Ordinal))
        .Select(line => line[mark.Length..].TrimEnd('\r'));
}

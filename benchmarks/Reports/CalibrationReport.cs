using Downloader.Benchmarks.Calibration;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Reports;

/// <summary>Writes the report of a calibration.</summary>
public static class CalibrationReport
{
    /// <summary>Writes it as HTML and as markdown, over older ones. Its command lines name the scenario file beside it, which has the same
    /// name and the extension <c>.json</c>.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="pathWithoutExtension">Where to; its folder is created when it is missing.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be written there.</exception>
    public static IReadOnlyList<string> Write(CalibrationResult result, string pathWithoutExtension)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(pathWithoutExtension);
        var scenario = Path.GetFileName(pathWithoutExtension) + ".json";
        // Both are made before either is written.
        (string Path, string Text)[] files =
        [
            (pathWithoutExtension + ".html", CalibrationHtmlView.Render(result, scenario)),
            (pathWithoutExtension + ".md", CalibrationMarkdownView.Render(result, scenario)),
        ];
        if (Path.GetDirectoryName(pathWithoutExtension) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        foreach (var file in files) AtomicFile.Write(file.Path, file.Text);
        return [.. files.Select(file => file.Path)];
    }
}

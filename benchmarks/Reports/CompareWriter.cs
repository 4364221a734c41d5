using System.Text;
using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Reports;

/// <summary>Writes the views of a comparison.</summary>
public static class CompareWriter
{
    /// <summary>A step summary of GitHub that is larger is dropped whole.</summary>
    public const int MaxSummaryBytes = 1024 * 1024;

    /// <summary>Writes <c>compare.html</c> and <c>compare.md</c>, over older ones.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="directory">Where to; it is made when it is missing.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be written there.</exception>
    public static IReadOnlyList<string> Write(RunComparison comparison, string directory)
    {
        Directory.CreateDirectory(directory);
        string[] paths = [Path.Combine(directory, "compare.html"), Path.Combine(directory, "compare.md")];
        AtomicFile.Write(paths[0], CompareHtmlView.Render(comparison));
        AtomicFile.Write(paths[1], CompareMarkdownView.Render(comparison));
        return paths;
    }

    /// <summary>Appends the markdown to a step summary of GitHub.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="path">The file of the summary.</param>
    /// <returns>Whether it was appended; false if the summary would become too large.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public static bool AppendToSummary(RunComparison comparison, string path)
    {
        var text = CompareMarkdownView.Render(comparison);
        var existing = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (existing + Encoding.UTF8.GetByteCount(text) > MaxSummaryBytes) return false;
        File.AppendAllText(path, text);
        return true;
    }
}

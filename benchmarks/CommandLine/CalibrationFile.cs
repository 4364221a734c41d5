using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Reports;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The files of a calibration: the scenario, and the report beside it.</summary>
/// <param name="result">The calibration.</param>
/// <param name="path">Where the scenario goes; null for a file in the current folder, named after the server.</param>
internal sealed class CalibrationFile(CalibrationResult result, string? path)
{
    private const string Extension = ".json";
    private static readonly string[] ReportExtensions = [".html", ".md"];

    /// <summary>The full path of the scenario.</summary>
    public string Path { get; } = GetPath(path, result.Observations.Source);

    /// <summary>The scenario, and where it comes from.</summary>
    public ScenarioFile Content { get; } = new(result.Fit.ToScenario(), Summarize(result));

    /// <summary>Makes sure that the files can be written, and creates their folder: what was learnt would be lost.</summary>
    /// <param name="path">Where the scenario goes; null for a file in the current folder, named after the server.</param>
    /// <param name="source">The server.</param>
    /// <exception cref="UsageException">They cannot.</exception>
    public static void EnsureWritable(string? path, string source)
    {
        var full = GetPath(path, source);
        var name = path is null ? "" : "--out ";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            var folder = ((string[])[full, .. ReportExtensions.Select(extension => WithoutExtension(full) + extension)])
                .FirstOrDefault(Directory.Exists);
            if (folder is not null) throw new UsageException($"{name}{PrintableText.Escape(folder)}: must be a file; it is a folder.");
            AtomicFile.EnsureWritable(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = PrintableText.Escape(e.Message, PrintableText.MaxUrlLength);
            throw new UsageException($"{name}{PrintableText.Escape(full)}: must be a file that can be written. {reason}");
        }
    }

    /// <summary>Writes them.</summary>
    /// <returns>Their full paths.</returns>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be written there.</exception>
    public IReadOnlyList<string> Write()
    {
        Content.Write(Path);
        return [Path, .. CalibrationReport.Write(result, WithoutExtension(Path))];
    }

    private static string WithoutExtension(string full) =>
        full.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? full[..^Extension.Length] : full;

    private static string GetPath(string? path, string source)
    {
        var full = System.IO.Path.GetFullPath(path ?? GetName(source));
        return System.IO.Path.HasExtension(full) ? full : full + Extension;
    }

    private static CalibrationSummary Summarize(CalibrationResult result) => new(
        result.Observations.Source,
        result.Observations.Date,
        result.Observations.Requests.Count,
        result.Fit.Mechanism.ToString().ToLowerInvariant(),
        result.Recommendation.Workers,
        [.. result.Predictions.Select(one => Round(one))],
        result.Recommendation.RatePerSecond);

    /// <summary>To a tenth of a millisecond, and to a thousandth below 100 ms: more digits tell nothing.</summary>
    private static PredictedMakespan Round(Prediction one)
    {
        var digits = one.MakespanMs < 100 ? 3 : 1;
        return new PredictedMakespan(
            one.Workers,
            one.Downloads,
            Math.Round(one.MakespanMs, digits),
            Math.Round(one.LowMs, digits),
            Math.Round(one.HighMs, digits));
    }

    /// <summary>A name that is valid on all systems.</summary>
    private static string GetName(string source)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(source.Replace(':', '-'));
        if (!source.EndsWith(".har", StringComparison.OrdinalIgnoreCase) && !source.EndsWith(".log", StringComparison.OrdinalIgnoreCase))
            name = source.Replace(':', '-');
        var letters = name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        return string.Concat(letters) + Extension;
    }
}

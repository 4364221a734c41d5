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

    /// <summary>The full path of the scenario.</summary>
    public string Path { get; } = GetPath(path ?? GetName(result.Observations.Source));

    private string WithoutExtension => Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? Path[..^Extension.Length] : Path;

    /// <summary>The scenario, and where it comes from.</summary>
    public ScenarioFile Content { get; } = new(result.Fit.ToScenario(), Summarize(result));

    /// <summary>The full path of a file that ends with .json.</summary>
    public static string GetPath(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return System.IO.Path.HasExtension(full) ? full : full + Extension;
    }

    /// <summary>Writes them.</summary>
    /// <returns>Their full paths.</returns>
    public IReadOnlyList<string> Write()
    {
        Content.Write(Path);
        return [Path, .. CalibrationReport.Write(result, WithoutExtension)];
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

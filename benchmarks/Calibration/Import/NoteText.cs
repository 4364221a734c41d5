using System.Globalization;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Figures in notes.</summary>
internal static class NoteText
{
    /// <summary>"1 line", "2,000 lines".</summary>
    public static string Count(long count, string thing)
    {
        var ending = count == 1 ? "" : "s";
        return $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {thing}{ending}";
    }

    /// <summary>"1 line was", "2 lines were".</summary>
    public static string CountWas(long count, string thing)
    {
        var verb = count == 1 ? "was" : "were";
        return $"{Count(count, thing)} {verb}";
    }
}

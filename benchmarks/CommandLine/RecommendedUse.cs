using System.Globalization;
using Downloader.Benchmarks.Calibration;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>How to follow a recommendation.</summary>
internal static class RecommendedUse
{
    /// <summary>How often a failed download is tried again, at most.</summary>
    public const int Retries = 10;

    /// <summary>The command line of the tool.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="strategy">The name of the strategy; null for the tool's own choice.</param>
    public static string GetCommand(WorkerRecommendation recommendation, string? strategy = null)
    {
        var pace = recommendation.RatePerSecond is { } rate ? Format($" --rate {rate:0.###}") : "";
        var choice = strategy is null ? "" : $" --strategy {strategy}";
        return $"downloader{choice} --workers {recommendation.Workers}{pace} --retry {Retries} URL…";
    }

    /// <summary>The same in C#.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="strategy">The name of the strategy.</param>
    public static IEnumerable<string> GetCode(WorkerRecommendation recommendation, string strategy)
    {
        yield return "services.AddDownloader(options =>";
        yield return "{";
        if (recommendation.RatePerSecond is { } rate) yield return Format($"    options.RateLimit = {rate:0.###};");
        yield return $"    options.Resilience = DownloadResilience.Create(new() {{ MaxRetryAttempts = {Retries} }});";
        yield return "});";
        yield return $"var settings = new DownloadSettings {{ Strategy = new {strategy}Strategy(), Workers = {recommendation.Workers} }};";
        yield return "await foreach (var result in downloader.DownloadAsync(uris, BodyReaders.Bytes, settings))   // an IDownloader";
        yield return "    Use(result);";
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

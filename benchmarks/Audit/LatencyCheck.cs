using System.Globalization;

namespace Downloader.Benchmarks.Audit;

/// <summary>The latencies that the server drew are of the scenario's table of quantiles.</summary>
internal static class LatencyCheck
{
    /// <summary>How probable a finding is where nothing is wrong.</summary>
    private const double FalseAlarm = 1e-9;

    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (iteration.Expected.Scenario.LatencyQuantiles is not { } table || iteration.Requests.Count == 0) yield break;
        TimeSpan[] drawn = [.. iteration.Requests.Select(request => request.Latency).Order()];
        var (min, max) = (table.Values[0], table.Values[^1]);
        var outside = drawn.Count(latency => latency < min || latency > max);
        if (outside > 0)
        {
            yield return $"expected latencies between {Format(min)} and {Format(max)}, the server drew {outside} others, "
                + $"from {Format(drawn[0])} to {Format(drawn[^1])}.";
            yield break;
        }

        // Dvoretzky, Kiefer and Wolfowitz: no share below a value is further from its probability, but for so few samples in 1e9.
        var tolerance = Math.Sqrt(Math.Log(2 / FalseAlarm) / (2 * drawn.Length));
        for (var index = 0; index < table.Values.Count; index++)
        {
            var (value, probability) = (table.Values[index], (double)index / (table.Values.Count - 1));
            var below = (double)drawn.Count(latency => latency < value) / drawn.Length;
            var upTo = (double)drawn.Count(latency => latency <= value) / drawn.Length;
            if (below <= probability + tolerance && upTo >= probability - tolerance) continue;
            var share = below > probability ? below : upTo;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"expected {probability:P0} of the latencies up to {Format(value)}, the server drew {share:P0}.");
            yield break;
        }
    }

    private static string Format(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###} ms");
}

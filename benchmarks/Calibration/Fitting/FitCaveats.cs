using System.Globalization;

namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>What a calibration cannot know.</summary>
internal static class FitCaveats
{
    private const double WantedError = 0.05;

    /// <summary>Between two requests a client works for some tens of microseconds, which a prediction does not count.</summary>
    private const double ShortMs = 1;

    /// <summary>A sentence for each thing.</summary>
    /// <param name="fit">What is known.</param>
    /// <param name="observations">What was seen.</param>
    public static IEnumerable<string> Describe(ServerFit fit, Observations observations)
    {
        var mean = fit.MeanLatencyMs;
        var error = (mean.High - mean.Low) / 2 / mean.Value;
        if (error > WantedError)
            yield return Format($"The mean is known within {100 * error:0} %: within 5 % takes {fit.RequestsForFivePercent} requests.");
        if (!observations.HasPreciseTimes)
            yield return "Requests ended at times known to a second only: limits cannot be found.";
        else if (fit is { Mechanism: Mechanism.None, StoppedAt: null })
            yield return Format($"No limit was seen up to {GetMostInFlight(fit)} requests at a time: more was not looked for.");
        var refused = observations.Requests.Count(request => request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited);
        if (fit.Mechanism is Mechanism.None && refused > 0)
            yield return Format($"Requests that were refused without a limit that explains it: {refused}.");
        if (observations.Kind == CalibrationSource.AccessLog)
            yield return "The log has the requests of all clients together: what is recommended is for all of them.";
        if (fit.QueueIsLowerBound)
            yield return Format($"The queue holds at least {fit.Queue}: whether it ends was not looked for.");
        if (fit.Capacity is { } capacity && capacity.High > capacity.Low)
            yield return Format($"The capacity is {capacity.Low} to {capacity.High}.");
        if (fit is { IsRateVague: true, RateLimitPerSecond: { } rate })
            yield return Format($"The rate limit is {rate.Low:0.##} to {rate.High:0.##} per second: more refusals would tell.");
        if (fit.LatencyByWorkers.Count > 0)
            yield return "Requests take longer with more workers, without a number of places that explains it; the replay does not.";
        if (fit.LatencyByWorkers is [var alone, ..] && alone.Latency.Mean.TotalMilliseconds < ShortMs)
            yield return "Requests take less than a millisecond: downloads take longer than predicted, by the client's own time for each.";
        if (fit.ConnectLatencyMs is null)
            yield return "What a new connection costs was not seen.";
    }

    private static int GetMostInFlight(ServerFit fit) => fit.Levels.Select(level => level.Workers).DefaultIfEmpty(1).Max();

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>The server accepted no more requests in any stretch of an iteration than its limit on requests per second allows.</summary>
internal static class RateLimitCheck
{
    /// <summary>By how many requests sums of many small times may be off.</summary>
    private const double CountTolerance = 1e-3;

    /// <summary>By how much the length of a window may be off: a tick of the clock.</summary>
    private static readonly TimeSpan WindowTolerance = TimeSpan.FromTicks(1);

    public static IEnumerable<string> Check(AuditedIteration iteration)
    {
        if (iteration.Expected.Scenario.RateLimit is not { } rate) return [];
        // One that was given up before its answer may have been refused.
        TimeSpan[] accepted =
        [
            .. iteration.Requests
                .Where(request => request.Outcome is not (RequestOutcome.RateLimited or RequestOutcome.Abandoned))
                .Select(request => request.Arrived).Order(),
        ];
        return iteration.Expected.Scenario.RateBurst is { } burst ? CheckBucket(accepted, rate, burst) : CheckWindow(accepted, rate);
    }

    /// <summary>Follows the stretch whose requests exceed the tokens that came in it by most.</summary>
    private static IEnumerable<string> CheckBucket(TimeSpan[] accepted, double rate, int burst)
    {
        var taken = 0.0;
        var worst = 0.0;
        var (begin, worstBegin, worstEnd) = (0, 0, 0);
        for (var index = 0; index < accepted.Length; index++)
        {
            taken -= index == 0 ? 0 : rate * (accepted[index] - accepted[index - 1]).TotalSeconds;
            if (taken <= 0) (taken, begin) = (0, index);
            taken++;
            if (taken > worst) (worst, worstBegin, worstEnd) = (taken, begin, index);
        }

        if (worst <= burst + CountTolerance) yield break;
        var time = accepted[worstEnd] - accepted[worstBegin];
        var allowed = burst + (rate * time.TotalSeconds);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"expected at most {allowed:0.#} requests accepted in {time.TotalMilliseconds:0.#} ms, the server accepted "
            + $"{worstEnd - worstBegin + 1}.");
    }

    private static IEnumerable<string> CheckWindow(TimeSpan[] accepted, double rate)
    {
        var count = Math.Max(1, (int)rate);
        var window = TimeSpan.FromSeconds(count / rate);
        for (var index = count; index < accepted.Length; index++)
        {
            if (accepted[index] - accepted[index - count] >= window - WindowTolerance) continue;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"expected at most {count} requests accepted in {window.TotalMilliseconds:0.#} ms, the server accepted {count + 1}.");
            yield break;
        }
    }
}

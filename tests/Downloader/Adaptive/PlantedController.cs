namespace Downloader.Tests.Library.Adaptive;

/// <summary>A controller with a mistake.</summary>
/// <param name="ceiling">The most in flight.</param>
/// <param name="getNextLimit">The next limit, from the limit and what an attempt has shown.</param>
internal sealed class PlantedController(int ceiling, Func<int, AttemptEnd, int> getNextLimit) : IController
{
    private int _limit = 12;
    private int _inFlight;
    private long _started;

    public static PlantedController CreateThatNeverBacksOff(int ceiling) =>
        new(ceiling, (limit, end) => end.Outcome is AttemptOutcome.Served ? limit + 1 : limit);

    public static PlantedController CreateThatGrowsOnErrors(int ceiling) => new(ceiling, (limit, _) => limit + 1);

    public static PlantedController CreateThatCollapsesOnOneSlowAnswer(int ceiling)
    {
        var fastest = TimeSpan.MaxValue;
        return new(ceiling, GetNextLimit);

        int GetNextLimit(int limit, AttemptEnd end)
        {
            if (end.ServiceTime is not { } time) return limit;
            if (time < fastest) fastest = time;
            return time > 2 * fastest ? limit / 2 : limit + 1;
        }
    }

    public bool TryStart(TimeSpan now, out AdaptiveAttempt attempt, out TimeSpan? wait)
    {
        wait = null;
        attempt = new AdaptiveAttempt(_started, now);
        if (_inFlight >= _limit) return false;
        _inFlight++;
        _started++;
        return true;
    }

    public void OnEnded(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now)
    {
        _inFlight--;
        _limit = Math.Clamp(getNextLimit(_limit, end), 1, ceiling);
    }
}

namespace Downloader.MockServer.Client;

/// <summary>The rules of a valid scenario: each field within its range, and fields that fit each other.</summary>
internal static class ScenarioValidator
{
    /// <exception cref="ScenarioException">The first rule that the scenario breaks.</exception>
    public static void Check(Scenario scenario)
    {
        foreach (var option in ScenarioOptionDefinitions.All)
        {
            if (!option.IsValid(scenario)) throw new ScenarioException(option.ErrorFor(option.Format(scenario)));
        }

        if (scenario.LatencyQuantiles is not null && scenario.LatencyJitter > TimeSpan.Zero)
            throw Error(scenario, "--latency-jitter", "cannot be combined with --latency-quantiles, which has all of the distribution");
        if (scenario.LatencyQuantiles is not null && scenario.LatencyP99 is not null)
            throw Error(scenario, "--latency-p99", "cannot be combined with --latency-quantiles, which has all of the distribution");
        if (scenario.LatencyJitter > scenario.Latency)
            throw Error(scenario, "--latency-jitter", $"must be between 0 and --latency, which is {Value(scenario, "--latency")}");
        if (scenario.LatencyP99 is not null && scenario.LatencyJitter > TimeSpan.Zero)
            throw Error(scenario, "--latency-p99", "cannot be combined with --latency-jitter: latency is either uniform or heavy-tailed");
        if (scenario.LatencyP99 is not null && scenario.Latency == TimeSpan.Zero)
            throw Error(scenario, "--latency-p99", "needs a --latency above 0 as its median");
        if (scenario.LatencyP99 <= scenario.Latency)
            throw Error(scenario, "--latency-p99", $"must be above --latency, which is {Value(scenario, "--latency")}");
        if (scenario.RateBurst is not null && scenario.RateLimit is null)
            throw Error(scenario, "--rate-burst", "needs --rate-limit, at which the tokens come");
        if (scenario.Queue is not null && scenario.Capacity is null)
            throw Error(scenario, "--queue", "needs --capacity; without it no request waits");
    }

    private static ScenarioException Error(Scenario scenario, string option, string rule) =>
        new($"{option} {Value(scenario, option)}: {rule}");

    private static string Value(Scenario scenario, string option) =>
        ScenarioOptionDefinitions.Get(option).Format(scenario);
}

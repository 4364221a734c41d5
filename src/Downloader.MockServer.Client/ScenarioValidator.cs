namespace Downloader.MockServer.Client;

/// <summary>What makes a scenario possible: each field within its range, and fields that fit each other.</summary>
internal static class ScenarioValidator
{
    public static void Check(Scenario scenario)
    {
        foreach (var field in ScenarioOptionDefinitions.All)
        {
            if (!field.IsValid(scenario)) throw new ScenarioException(field.Refuse(field.Write(scenario)));
        }

        if (scenario.LatencyJitter > scenario.Latency)
            throw Refuse(scenario, "--latency-jitter", $"takes milliseconds, 0 to --latency, which is {Value(scenario, "--latency")}");
        if (scenario.LatencyP99 is not null && scenario.LatencyJitter > TimeSpan.Zero)
            throw Refuse(scenario, "--latency-p99", "not together with --latency-jitter; latency is uniform or heavy-tailed");
        if (scenario.LatencyP99 is not null && scenario.Latency == TimeSpan.Zero)
            throw Refuse(scenario, "--latency-p99", "needs a --latency above 0 as its median");
        if (scenario.LatencyP99 <= scenario.Latency)
            throw Refuse(scenario, "--latency-p99", $"takes milliseconds above --latency, which is {Value(scenario, "--latency")}");
        if (scenario.Queue is not null && scenario.Capacity is null)
            throw Refuse(scenario, "--queue", "needs --capacity; without it nothing waits");
    }

    private static ScenarioException Refuse(Scenario scenario, string option, string why) => new($"{option} {Value(scenario, option)}: {why}");

    private static string Value(Scenario scenario, string option) => ScenarioOptionDefinitions.All.First(field => field.Option == option).Write(scenario);
}

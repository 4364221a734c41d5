using Downloader.Benchmarks.Execution;

namespace Downloader.Tests.Support;

/// <summary>The strategies, for theories.</summary>
public static class StrategyData
{
    public static TheoryData<string> Names => [.. StrategyCatalogue.All.Select(strategy => strategy.Name)];

    /// <summary>Each with each client policy.</summary>
    public static TheoryData<string, ClientPolicy> NamesAndPolicies =>
        [.. StrategyCatalogue.All.SelectMany(strategy => Enum.GetValues<ClientPolicy>().Select(policy => (strategy.Name, policy)))];
}

namespace Downloader.Tests.Benchmarks;

/// <summary>The strategies, for theories.</summary>
public static class Catalogue
{
    public static TheoryData<string> Names => [.. StrategyCatalogue.All.Select(strategy => strategy.Name)];
}

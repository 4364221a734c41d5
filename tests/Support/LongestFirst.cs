using Downloader.Tests.Benchmarks.Calibration;
using Downloader.Tests.Benchmarks.CommandLine;
using Downloader.Tests.Benchmarks.Suites;
using Downloader.Tests.Support;
using Downloader.Tests.Tool;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Downloader.Tests.Support;

/// <summary>Starts the collections and classes that take longest before all others: started last, they would run on when everything else
/// has ended.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>What stands in the name of the collection; that of a class without one has the name of the class.</summary>
    private static readonly string[] Names =
    [
        TestCollections.BenchmarkRuns, TestCollections.OtherRuns, TestCollections.InBrowser, nameof(LiveConclusionTests),
        nameof(ProberPolitenessTests), nameof(ToolPackageTests), nameof(ConclusionGridTests), nameof(ManyClientsTests),
        nameof(NoisyConclusionTests), nameof(FitTests), nameof(LoadFitTests), nameof(HttpClientUseTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => FindPlace(collection.TestCollectionDisplayName))];

    private static int FindPlace(string name)
    {
        var place = Array.FindIndex(Names, one => name.Contains(one, StringComparison.Ordinal));
        return place < 0 ? Names.Length : place;
    }
}

using Downloader.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(NamedCollectionsFirst))]

namespace Downloader.Tests.Support;

/// <summary>Starts the collections of <see cref="TestCollections"/> before all other classes. They take longest: started last, they would
/// run on when everything else has ended.</summary>
public sealed class NamedCollectionsFirst : ITestCollectionOrderer
{
    private static readonly string[] Names =
        [TestCollections.BenchmarkRuns, TestCollections.InterruptedRuns, TestCollections.InBrowser];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Names.Contains(collection.TestCollectionDisplayName))];
}

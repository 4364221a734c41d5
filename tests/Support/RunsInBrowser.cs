using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Support;

/// <summary>Tests that share a browser.</summary>
[CollectionDefinition(TestCollections.InBrowser)]
public sealed class RunsInBrowser : ICollectionFixture<Browser>;

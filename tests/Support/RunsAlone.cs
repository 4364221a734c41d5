namespace Downloader.Tests.Support;

/// <summary>Tests that run beside nothing else.</summary>
[CollectionDefinition(TestCollections.Alone, DisableParallelization = true)]
public sealed class RunsAlone;

using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>What a long input holds in memory.</summary>
[Collection(TestCollections.Alone)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class BoundedMemoryTests
{
    private const int Workers = 16;
    private const int Downloads = 100_000;
    private const int Early = 5_000;

    public static TheoryData<string, bool> StreamingStrategies =>
        [.. Named(holdsWholeList: false).SelectMany(name => new[] { (name, false), (name, true) })];

    public static TheoryData<string> OtherStrategies => [.. Named(holdsWholeList: true)];

    [Theory]
    [MemberData(nameof(StreamingStrategies))]
    public async Task A_hundred_thousand_URIs_hold_no_more_than_five_thousand(string strategy, bool inOrder)
    {
        var (early, late) = await MeasureHeap(strategy, inOrder);

        Assert.True(late < 1.5 * early, $"{early:N0} bytes after {Early} downloads, {late:N0} before the end.");
    }

    [Theory]
    [MemberData(nameof(OtherStrategies))]
    public async Task A_strategy_that_says_so_holds_the_whole_list(string strategy)
    {
        var taken = 0;
        var clients = StubHandler.CreateSource((_, _) => StubHandler.Ok([1]));
        var settings = new DownloadSettings { Strategy = StrategyCatalogue.Find(strategy), Workers = Workers };
        var first = 0;

        await foreach (var _ in new ConcurrentDownloader(clients)
            .DownloadAsync(Uris(() => taken++), BodyReaders.Discard, settings, TestContext.Current.CancellationToken))
        {
            if (first == 0) first = taken;
            // Nothing more is handed over, so that nothing more is in flight, until it has taken all.
            await Eventually.Is(Downloads, () => Volatile.Read(ref taken));
        }

        Assert.Equal(Downloads, taken);
    }

    private static IEnumerable<string> Named(bool holdsWholeList) =>
        StrategyCatalogue.All.Where(strategy => strategy.HoldsWholeList == holdsWholeList).Select(strategy => strategy.Name);

    private static IEnumerable<Uri> Uris(Action onTaken)
    {
        for (var index = 0; index < Downloads; index++)
        {
            onTaken();
            // Objects of their own, as those of a file of URLs are.
            yield return new Uri($"http://127.0.0.1/{index}");
        }
    }

    private static async Task<(long Early, long Late)> MeasureHeap(string strategy, bool inOrder)
    {
        var clients = StubHandler.CreateSource((_, _) => StubHandler.Ok([1, 2, 3]));
        var settings = new DownloadSettings { Strategy = StrategyCatalogue.Find(strategy), Workers = Workers, InInputOrder = inOrder };
        long early = 0;
        long late = 0;
        var count = 0;
        await foreach (var result in new ConcurrentDownloader(clients)
            .DownloadAsync(Uris(() => { }), BodyReaders.Bytes, settings, TestContext.Current.CancellationToken))
        {
            Assert.Null(result.Failure);
            count++;
            if (count == Early) early = GC.GetTotalMemory(forceFullCollection: true);
            if (count == Downloads - 100) late = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Equal(Downloads, count);
        return (early, late);
    }
}

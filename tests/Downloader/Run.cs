namespace Downloader.Tests.Library;

/// <summary>Runs strategies so that a test can neither hang nor be blocked by a blocking one.</summary>
internal static class Run
{
    /// <summary>What takes this long has hung; nothing here needs a fraction of it.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    /// <summary>Names, so that each strategy is a case of its own in the test report.</summary>
    public static TheoryData<string> Strategies => [.. StrategyCatalogue.All.Select(strategy => strategy.Name)];

    /// <summary>Runs a strategy on a thread of its own.</summary>
    public static Task<IReadOnlyList<DownloadResult>> Start(string strategy, DownloadRequest request, CancellationToken? cancellation = null) =>
        Task.Factory.StartNew(
            () => StrategyCatalogue.Find(strategy)!.RunAsync(request, cancellation ?? CancellationToken.None),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap().WaitAsync(HangLimit, TestContext.Current.CancellationToken);

    /// <summary>Downloads one address, with a client and connection of its own, blocking or not.</summary>
    public static async Task<DownloadResult> Get(Uri uri, DownloaderOptions options, bool blocking, CancellationToken? cancellation = null)
    {
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        return blocking
            ? await Task.Factory.StartNew(
                () => client.Get(uri, cancellation ?? CancellationToken.None),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).WaitAsync(HangLimit, TestContext.Current.CancellationToken)
            : await client.GetAsync(uri, cancellation ?? CancellationToken.None).AsTask().WaitAsync(HangLimit, TestContext.Current.CancellationToken);
    }
}

namespace Downloader.Tests.Library;

/// <summary>Runs strategies and single downloads so that a test can neither hang nor be blocked by a blocking one.</summary>
internal static class DownloadRunner
{
    /// <summary>What takes this long has hung; everything here needs a fraction of it.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(3);

    /// <summary>Names, so that each strategy is a case of its own in the test report.</summary>
    public static TheoryData<string> StrategyNames => [.. StrategyCatalogue.All.Select(strategy => strategy.Name)];

    /// <summary>Runs a strategy.</summary>
    public static Task<IReadOnlyList<DownloadResult>> RunStrategyAsync(
        string strategy, DownloadRequest request, CancellationToken? cancellation = null) =>
        StrategyCatalogue.Find(strategy)!.RunAsync(request, cancellation ?? CancellationToken.None)
            .WaitAsync(HangLimit, TestContext.Current.CancellationToken);

    /// <summary>Downloads one address, with a client and connection of its own, blocking or not.</summary>
    public static async Task<DownloadResult> GetAsync(
        Uri uri, DownloaderOptions options, bool blocking, CancellationToken? cancellation = null)
    {
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        return await GetAsync(client, uri, blocking, cancellation);
    }

    /// <summary>Downloads one address with a given client, blocking or not.</summary>
    public static Task<DownloadResult> GetAsync(DownloadClient client, Uri uri, bool blocking, CancellationToken? cancellation = null)
    {
        var token = cancellation ?? CancellationToken.None;
        var download = blocking ? StartThread(() => client.Get(uri, token)) : client.GetAsync(uri, token).AsTask();
        return download.WaitAsync(HangLimit, TestContext.Current.CancellationToken);
    }

    private static Task<T> StartThread<T>(Func<T> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

using System.Diagnostics;

namespace Downloader.Tests.Benchmarks;

/// <summary>Waits for what another process is about to do.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Passes as soon as the value is as expected; fails when it is not after 20 seconds.</summary>
    public static async Task Is<T>(T expected, Func<T> read)
    {
        var watch = Stopwatch.StartNew();
        while (!EqualityComparer<T>.Default.Equals(expected, read()) && watch.Elapsed < Limit) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(expected, read());
    }
}

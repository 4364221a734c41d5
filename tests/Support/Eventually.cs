using System.Diagnostics;

namespace Downloader.Tests.Support;

/// <summary>Waits for what another process is about to do.</summary>
public static class Eventually
{
    /// <summary>Passes as soon as the value is as expected; fails when it is not after the limit, 20 seconds unless given.</summary>
    public static async Task Is<T>(T expected, Func<T> read, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        T value;
        while (!EqualityComparer<T>.Default.Equals(expected, value = read()) && watch.Elapsed < (limit ?? TimeSpan.FromSeconds(20))) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(expected, value);
    }
}

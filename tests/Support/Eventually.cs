using System.Diagnostics;

namespace Downloader.Tests.Support;

/// <summary>Waits for what another process will do.</summary>
public static class Eventually
{
    /// <summary>When a test is given up: far longer than a busy machine takes, since only a failure waits so long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Passes as soon as the value is as expected; fails when it is not after ten minutes.</summary>
    public static async Task Is<T>(T expected, Func<T> read)
    {
        var watch = Stopwatch.StartNew();
        var value = read();
        while (!EqualityComparer<T>.Default.Equals(expected, value) && watch.Elapsed < Limit)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            value = read();
        }

        Assert.Equal(expected, value);
    }
}

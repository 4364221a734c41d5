using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The limit of a download with all its tries: the tries, the waits between them, and the turns at the rate.</summary>
public sealed class TotalTimeoutTests
{
    [Theory]
    [InlineData(1, null, 16L, 90)]
    [InlineData(1, 0.5, 16L, 154)]
    [InlineData(2, 0.5, 16L, 246)]
    [InlineData(1, 20.0, 1000L, 190)]
    [InlineData(1, 20.0, null, 86_400)]
    [InlineData(100, 0.001, 10_000_000L, 86_400)]
    public void It_has_time_for_each_try_each_wait_and_each_turn_but_at_most_a_day(int retries, double? rate, long? inFlight, int seconds)
    {
        var options = new DownloadResilienceOptions { MaxRetryAttempts = retries, MaxDelay = TimeSpan.FromSeconds(30) };

        var total = TotalTimeout.Get(options, TimeSpan.FromSeconds(30), rate, inFlight);

        Assert.Equal(TimeSpan.FromSeconds(seconds), total);
    }
}

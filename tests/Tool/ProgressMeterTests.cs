using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>What the progress line says.</summary>
public sealed class ProgressMeterTests
{
    private readonly ProgressMeter _meter = new();

    [Fact]
    public void It_says_how_many_of_how_many_are_done_how_fast_and_how_long_it_takes()
    {
        _meter.Total = 160;
        Add(40, bytes: 100_000);

        Assert.Equal("40 of 160 done, 20/s, 2.0 MB/s, 6 s left", _meter.Format(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Without_a_total_it_says_neither_that_nor_the_time_left()
    {
        Add(3, bytes: 100);

        Assert.Equal("3 done, 1.5/s, 150 B/s", _meter.Format(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Failed_downloads_are_done_too()
    {
        _meter.Total = 4;
        Add(1, bytes: 0);
        _meter.Add(0, failed: true);

        Assert.Equal("2 of 4 done, 1 failed, 2.0/s, 0.0 B/s, 1 s left", _meter.Format(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        _meter.Total = 1000;
        Add(500, bytes: 1);
        for (var second = 1; second < 10; second++) _meter.Format(TimeSpan.FromSeconds(second));
        Add(50, bytes: 1);

        Assert.Equal("550 of 1000 done, 10/s, 10 B/s, 45 s left", _meter.Format(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(100, "1 min 39 s left")]
    [InlineData(10_000, "2 h 46 min left")]
    public void Long_times_are_told_in_minutes_and_hours(int total, string left)
    {
        _meter.Total = total;
        Add(1, bytes: 1);

        Assert.EndsWith(left, _meter.Format(TimeSpan.FromSeconds(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_download_there_is_no_time_left_to_tell()
    {
        _meter.Total = 10;

        Assert.Equal("0 of 10 done, 0.0/s, 0.0 B/s", _meter.Format(TimeSpan.Zero));
    }

    private void Add(int count, long bytes)
    {
        for (var i = 0; i < count; i++) _meter.Add(bytes, failed: false);
    }
}

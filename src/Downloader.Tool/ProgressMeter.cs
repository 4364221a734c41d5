using System.Globalization;

namespace Downloader.Tool;

/// <summary>Counts what is done, and says in a line how far the run is and how fast. Not thread-safe.</summary>
internal sealed class ProgressMeter
{
    /// <summary>Rates are those of the last seconds, so that a server that has become slower is seen.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<Sample> _samples = new([default]);
    private long _done;
    private long _failed;
    private long _bytes;

    /// <summary>How many downloads there are in all; null where it is not known.</summary>
    public long? Total { get; set; }

    /// <summary>Counts a download that has ended.</summary>
    /// <param name="bytes">What it read.</param>
    /// <param name="failed">Whether it failed.</param>
    public void Add(long bytes, bool failed)
    {
        _done++;
        _bytes += bytes;
        if (failed) _failed++;
    }

    /// <summary>The line for now.</summary>
    /// <param name="elapsed">The time since the run began.</param>
    public string Format(TimeSpan elapsed)
    {
        var now = new Sample(elapsed, _done, _bytes);
        while (_samples.Count > 1 && elapsed - _samples.Peek().Elapsed > Window) _samples.Dequeue();
        var before = _samples.Peek();
        _samples.Enqueue(now);
        var seconds = (now.Elapsed - before.Elapsed).TotalSeconds;
        var rate = seconds > 0 ? (now.Done - before.Done) / seconds : 0;
        var byteRate = seconds > 0 ? (now.Bytes - before.Bytes) / seconds : 0;

        var parts = new List<string> { Total is null ? $"{_done} done" : $"{_done} of {Total} done" };
        if (_failed > 0) parts.Add($"{_failed} failed");
        parts.Add($"{FormatNumber(rate)}/s");
        parts.Add($"{FormatBytes(byteRate)}/s");
        if (Total is { } total && rate > 0) parts.Add($"{FormatTime((total - _done) / rate)} left");
        return string.Join(", ", parts);
    }

    private static string FormatNumber(double number) => number.ToString(number < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string FormatBytes(double bytes) => bytes switch
    {
        < 1e3 => $"{FormatNumber(bytes)} B",
        < 1e6 => $"{FormatNumber(bytes / 1e3)} kB",
        < 1e9 => $"{FormatNumber(bytes / 1e6)} MB",
        _ => $"{FormatNumber(bytes / 1e9)} GB",
    };

    private static string FormatTime(double seconds)
    {
        var whole = (long)Math.Ceiling(seconds);
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }

    private readonly record struct Sample(TimeSpan Elapsed, long Done, long Bytes);
}

using System.Globalization;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>A line per download as it ends, from many threads, and a last line that sums up.</summary>
internal sealed class DownloadOutput
{
    private readonly Lock _lock = new();
    private int _succeeded;

    /// <summary>How many failed so far.</summary>
    public int Failed { get; private set; }

    public void Invalid(string address, int times)
    {
        for (var i = 0; i < times; i++) Fail(address, "not a URL; takes http://… or https://…");
    }

    public void Completed(DownloadResult result)
    {
        lock (_lock)
        {
            if (result.Failure is null)
            {
                _succeeded++;
                // As it was given, here and below: whoever looks for it finds it.
                Console.Out.WriteLine($"Read {result.BytesRead} from {result.Uri.OriginalString}");
            }
            else if (result.Failure.Reason != FailureReason.Cancelled)
            {
                Fail(result.Uri.OriginalString, result.Failure.Message);
            }
        }
    }

    public void Summary(TimeSpan elapsed, int downloads)
    {
        var seconds = elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        var failed = Failed > 0 ? $", {Failed} failed" : "";
        var cancelled = downloads - _succeeded - Failed;
        Console.Out.WriteLine($"Downloaded {_succeeded} in {seconds} seconds{failed}{(cancelled > 0 ? $", {cancelled} not done" : "")}");
    }

    private void Fail(string address, string reason)
    {
        Failed++;
        Console.Error.WriteLine($"Failed {address}: {reason}");
    }
}

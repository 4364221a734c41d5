using System.Globalization;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Prints a line for each download as it ends, from many threads, and a summary. When a line cannot be written, the run is
/// cancelled and nothing more is written.</summary>
internal sealed class DownloadOutput : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private int _succeeded;

    /// <summary>How many failed so far.</summary>
    public int Failed { get; private set; }

    /// <summary>Why the output could not be written; null when it could.</summary>
    public string? WriteError { get; private set; }

    /// <summary>Cancelled when the output cannot be written.</summary>
    public CancellationToken CannotWrite => _cancellation.Token;

    /// <summary>Prints that a URL was not downloaded.</summary>
    public void PrintRefused(ListedUrl url)
    {
        lock (_lock) PrintFailed(url, url.Error!);
    }

    /// <summary>Prints how a download ended.</summary>
    public void PrintResult(ListedUrl url, DownloadResult result)
    {
        lock (_lock)
        {
            if (result.Failure is null)
            {
                _succeeded++;
                TryWrite(StandardOutput.WriteLine, $"Read {result.BytesRead} from {url.PrintableText}");
            }
            else if (result.Failure.Reason != FailureReason.Cancelled)
            {
                PrintFailed(url, result.Failure.Message);
            }
        }
    }

    /// <summary>Prints the last line.</summary>
    /// <param name="elapsed">The duration of the run.</param>
    /// <param name="downloads">How many downloads were asked for.</param>
    public void PrintSummary(TimeSpan elapsed, int downloads)
    {
        lock (_lock)
        {
            var seconds = elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            var notDone = downloads - _succeeded - Failed;
            var failedPart = Failed > 0 ? $", {Failed} failed" : "";
            var notDonePart = notDone > 0 ? $", {notDone} not done" : "";
            TryWrite(StandardOutput.WriteLine, $"Downloaded {_succeeded} in {seconds} seconds{failedPart}{notDonePart}");
            if (WriteError is not null) PrintWriteError();
        }
    }

    public void Dispose() => _cancellation.Dispose();

    private void PrintWriteError()
    {
        try
        {
            Console.Error.WriteLine($"Output cannot be written: {WriteError}");
        }
        catch (IOException)
        {
            // Standard error cannot be written either; the exit code is what is left.
        }
    }

    private void PrintFailed(ListedUrl url, string reason)
    {
        Failed++;
        TryWrite(Console.Error.WriteLine, $"Failed {url.PrintableText}: {reason}");
    }

    private void TryWrite(Action<string> writeLine, string line)
    {
        if (WriteError is not null) return;
        try
        {
            writeLine(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError = PrintableText.Escape(e.Message);
            _cancellation.Cancel();
        }
    }
}

using System.Globalization;

namespace Downloader.Tool;

/// <summary>Prints a line for each download as it ends, a summary, and on a terminal the progress. When a line cannot be written, the run
/// is cancelled and nothing more is written. Thread-safe.</summary>
internal sealed class DownloadOutput : IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(0.1);
    private readonly ToolStreams _streams;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly LiveProgress? _progress;
    private readonly Timer? _timer;
    private long _succeeded;
    private bool _hasEnded;

    /// <param name="streams">Where to print.</param>
    public DownloadOutput(ToolStreams streams)
    {
        _streams = streams;
        if (streams.Terminal is null) return;
        _progress = new LiveProgress(streams.Terminal, streams.Error);
        _timer = new Timer(_ => UpdateProgress(), null, ProgressInterval, ProgressInterval);
    }

    /// <summary>How many failed so far.</summary>
    public long Failed { get; private set; }

    /// <summary>Why the output could not be written; null when it could.</summary>
    public string? WriteError { get; private set; }

    /// <summary>Cancelled when the output cannot be written.</summary>
    public CancellationToken CannotWrite => _cancellation.Token;

    /// <summary>Whether the total is of use: it is not always free to know.</summary>
    public bool ShowsProgress => _progress is not null;

    /// <summary>Sets how many downloads there are, for the progress.</summary>
    public void SetTotal(long? total)
    {
        lock (_lock) _progress?.Meter.Total = total;
    }

    /// <summary>Prints that a text is not downloaded.</summary>
    public void PrintRefused(ListedUrl url)
    {
        lock (_lock) PrintFailed(url.Text, url.Error!, 0);
    }

    /// <summary>Prints how a download ended; nothing where it was cancelled.</summary>
    /// <param name="url">The URL as it was given.</param>
    /// <param name="bytesRead">What was read of its body.</param>
    /// <param name="failure">Why it failed, or null.</param>
    public void PrintResult(string url, long bytesRead, DownloadFailure? failure)
    {
        lock (_lock)
        {
            if (failure is null)
            {
                _succeeded++;
                _progress?.Meter.Add(bytesRead, failed: false);
                WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read {bytesRead} from {PrintableText.FromUrl(url)}"));
            }
            else if (failure.Reason != FailureReason.Cancelled)
            {
                PrintFailed(url, failure.Message, bytesRead);
            }
        }
    }

    /// <summary>Ends the progress.</summary>
    public void EndProgress()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _progress?.End();
        }
    }

    /// <summary>Prints a line to standard error that is neither a download's nor the summary.</summary>
    public void PrintNote(string line)
    {
        lock (_lock) WriteErrorLine(line);
    }

    /// <summary>Prints the last line.</summary>
    /// <param name="elapsed">The duration of the run.</param>
    /// <param name="notDone">How many downloads were not done.</param>
    public void PrintSummary(TimeSpan elapsed, long notDone)
    {
        lock (_lock)
        {
            var seconds = elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            var failedPart = Failed > 0 ? $", {Failed} failed" : "";
            var notDonePart = notDone > 0 ? $", {notDone} not done" : "";
            WriteLine($"Downloaded {_succeeded} in {seconds} seconds{failedPart}{notDonePart}");
            if (WriteError is not null) PrintWriteError();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _cancellation.Dispose();
    }

    private void UpdateProgress()
    {
        lock (_lock)
        {
            if (!_hasEnded) _progress!.Update();
        }
    }

    private void PrintWriteError()
    {
        try
        {
            _streams.Error.WriteLine($"Output cannot be written: {WriteError}");
        }
        catch (IOException)
        {
            // Standard error cannot be written either; the exit code is what is left.
        }
    }

    private void PrintFailed(string url, string reason, long bytesRead)
    {
        Failed++;
        _progress?.Meter.Add(bytesRead, failed: true);
        WriteErrorLine($"Failed {PrintableText.FromUrl(url)}: {reason}");
    }

    private void WriteLine(string line) => TryWrite(_streams.Output, line, isError: false);

    private void WriteErrorLine(string line) => TryWrite(_streams.Error, line, isError: true);

    private void TryWrite(TextWriter writer, string line, bool isError)
    {
        if (WriteError is not null) return;
        try
        {
            _progress?.BeforeLine(isError);
            writer.WriteLine(line);
            _progress?.AfterLine(isError);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError = PrintableText.Escape(e.Message);
            _cancellation.Cancel();
        }
    }
}

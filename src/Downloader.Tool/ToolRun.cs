using System.Diagnostics;

namespace Downloader.Tool;

/// <summary>One run of the tool: downloads, prints, and lists what was not done.</summary>
/// <param name="source">What is to be downloaded.</param>
/// <param name="strategy">How.</param>
/// <param name="options">The limits of each download.</param>
internal sealed class ToolRun(UrlSource source, DownloadStrategy strategy, DownloaderOptions options)
{
    private const int MaxHeld = 10_000_000;
    private UrlSource _source = source;

    /// <summary>The most downloads in flight at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Where bodies are saved; null where they are discarded.</summary>
    public required OutputFolder? Folder { get; init; }

    /// <summary>Where is listed what was not done.</summary>
    public required NotDoneList NotDone { get; init; }

    /// <summary>The error of a command line without URLs.</summary>
    public static UsageException NoUrls() => new("downloader: must have URLs, or --input with a file that contains some.");

    /// <summary>Runs to the end, or until Ctrl-C.</summary>
    /// <param name="streams">Where to print.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments do not fit each other, or the machine's limits; or the input cannot be
    /// read.</exception>
    public async Task<int> RunAsync(ToolStreams streams)
    {
        await ReadAllWhereUnbounded();
        ResourceLimits.Check(strategy, Workers, _source.KnownCount, savesFiles: Folder is not null);
        using var output = new DownloadOutput(streams);
        using var signals = new StopSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, output.CannotWrite);
        var watch = Stopwatch.StartNew();
        await DownloadAllAsync(output, stop.Token);
        var elapsed = watch.Elapsed;
        output.EndProgress();
        if (_source.Count == 0 && !stop.IsCancellationRequested) throw NoUrls();

        var isInterrupted = output.WriteError is null && signals.Token.IsCancellationRequested;
        var notDone = NotDone.IsNamed || isInterrupted ? await ListNotDone(output) : 0;
        output.PrintSummary(elapsed, notDone);
        if (output.WriteError is not null) return ExitCode.Failure;
        if (isInterrupted) return ExitCode.Interrupted;
        return output.Failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>Without a limit on downloads in flight, only their number shows whether there are files enough for all.</summary>
    private async Task ReadAllWhereUnbounded()
    {
        if (strategy.IsBounded || _source.KnownCount is not null) return;
        _source = await _source.ReadAllAsync(MaxHeld)
            ?? throw new UsageException($"--strategy {strategy.Name}: must have at most {MaxHeld} URLs.");
    }

    private async Task DownloadAllAsync(DownloadOutput output, CancellationToken cancellationToken)
    {
        using var counted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var counting = CountAsync(output, counted.Token);
        try
        {
            if (Folder is null) await DownloadAllAsync(BodyReaders.Discard, output, cancellationToken);
            else await DownloadAllAsync(new SavingBodyReader(Folder), output, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was done so far is printed, and the rest is listed.
        }
        finally
        {
            await counted.CancelAsync();
            await counting;
        }
    }

    private async Task DownloadAllAsync<T>(BodyReader<T> reader, DownloadOutput output, CancellationToken cancellationToken)
    {
        using var clients = new SharedClientSource(options);
        var downloader = new ConcurrentDownloader(clients);
        var settings = new DownloadSettings { Strategy = strategy, Workers = Workers };
        Action<long, Uri>? onUri = Folder is null ? null : Folder.Reserve;
        var uris = _source.TakeAllAsync(onUri, output.PrintRefused, cancellationToken);
        await foreach (var result in downloader.DownloadAsync(uris, reader, settings, cancellationToken))
        {
            output.PrintResult(result.Item.Uri.OriginalString, result.BytesRead, result.Failure);
            if (result.Failure?.Reason != FailureReason.Cancelled) _source.Finish(result.Item.Index);
            Folder?.Release(result.Item.Index);
        }
    }

    /// <summary>Finds the total for the progress, beside the downloads.</summary>
    private async Task CountAsync(DownloadOutput output, CancellationToken cancellationToken)
    {
        if (!output.ShowsProgress) return;
        try
        {
            output.SetTotal(await Task.Run(() => _source.CountAllAsync(cancellationToken), cancellationToken));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UsageException)
        {
            // The total stays unknown; that the input cannot be read is found by those who download.
        }
    }

    private async Task<long> ListNotDone(DownloadOutput output)
    {
        try
        {
            var (path, count, error) = await NotDone.WriteAsync(_source.ReadRestAsync());
            if (error is not null) output.PrintNote($"The file of --not-done cannot be written: {PrintableText.Escape(error)}");
            if (count > 0) output.PrintNote($"Not done: {count}, listed in {path}; --input {path} goes on with them.");
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UsageException)
        {
            output.PrintNote($"The list of what was not done cannot be written: {PrintableText.Escape(e.Message)}");
            return 0;
        }
    }
}

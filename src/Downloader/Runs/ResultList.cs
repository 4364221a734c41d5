using System.Runtime.ExceptionServices;

namespace Downloader;

/// <summary>The results of a list, in its order.</summary>
/// <typeparam name="T">What the reader returns.</typeparam>
/// <typeparam name="TResult">What is kept of each download.</typeparam>
/// <param name="request">The list.</param>
/// <param name="convert">What is kept of a result.</param>
internal sealed class ResultList<T, TResult>(DownloadRequest request, Func<DownloadResult<T>, TResult> convert) : ResultSink<T>
{
    private readonly TResult[] _results = new TResult[request.Uris.Count];
    private readonly bool[] _isThere = new bool[request.Uris.Count];
    private ExceptionDispatchInfo? _callbackError;

    public override void Add(DownloadResult<T> result)
    {
        var index = (int)result.Item.Index;
        _results[index] = convert(result);
        _isThere[index] = true;
        if (request.OnCompleted is not null) Report(index, result);
    }

    public override ValueTask AddAsync(DownloadResult<T> result)
    {
        Add(result);
        return ValueTask.CompletedTask;
    }

    /// <summary>The results, once the strategy is done.</summary>
    /// <param name="missing">Why a download has no result.</param>
    public IReadOnlyList<TResult> Finish(DownloadFailure missing)
    {
        for (var index = 0; index < _results.Length; index++)
        {
            if (!_isThere[index]) Add(DownloadResult<T>.Failed(new DownloadItem(index, request.Uris[index]), missing));
        }

        _callbackError?.Throw();
        return _results;
    }

    private void Report(int index, DownloadResult<T> result)
    {
        try
        {
            request.OnCompleted!(index, result.WithoutValue);
        }
        catch (Exception e)
        {
            // Thrown here it would end a worker, or the process. The downloads go on, and the run throws it at the end.
            Interlocked.CompareExchange(ref _callbackError, ExceptionDispatchInfo.Capture(e), null);
        }
    }
}

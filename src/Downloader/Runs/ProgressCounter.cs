namespace Downloader;

/// <summary>Counts the results that pass, and reports the count.</summary>
/// <param name="progress">Who is told.</param>
/// <param name="total">How many downloads there are; null where it is not known.</param>
internal sealed class ProgressCounter<T>(IProgress<DownloadProgress> progress, long? total)
{
    private long _completed;
    private long _failed;
    private long _bytesRead;

    /// <summary>The same results.</summary>
    public async IAsyncEnumerable<DownloadResult<T>> CountAsync(IAsyncEnumerable<DownloadResult<T>> results)
    {
        await foreach (var result in results.ConfigureAwait(false))
        {
            _completed++;
            if (!result.Succeeded) _failed++;
            _bytesRead += result.BytesRead;
            progress.Report(new DownloadProgress(_completed, _failed, _bytesRead, total));
            yield return result;
        }
    }
}

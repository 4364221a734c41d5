namespace Downloader;

/// <summary>Brings results into the order of the input.</summary>
internal static class ResultOrder
{
    /// <summary>The results by their index; each item is released when its result goes to the caller.</summary>
    /// <param name="results">The results as downloads end.</param>
    /// <param name="items">The items, which limit how many results can wait here.</param>
    public static async IAsyncEnumerable<DownloadResult<T>> SortAsync<T>(IAsyncEnumerable<DownloadResult<T>> results, StreamedItems items)
    {
        var waiting = new PriorityQueue<DownloadResult<T>, long>();
        var next = 0L;
        await foreach (var result in results.ConfigureAwait(false))
        {
            waiting.Enqueue(result, result.Item.Index);
            while (waiting.TryPeek(out _, out var index) && index <= next)
            {
                next = index + 1;
                items.Release();
                yield return waiting.Dequeue();
            }
        }

        // A run that was stopped has gaps.
        while (waiting.TryDequeue(out var result, out _)) yield return result;
    }
}

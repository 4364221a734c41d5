using System.Collections;

namespace Downloader;

/// <summary>The items of a run as a strategy sees them: all its enumerators share them.</summary>
/// <param name="source">Where they come from.</param>
internal sealed class SharedItems(ItemSource source) : IEnumerable<DownloadItem>, IAsyncEnumerable<DownloadItem>
{
    public IEnumerator<DownloadItem> GetEnumerator() => new Enumerator(source);

    // The run's own token ends the items.
    public IAsyncEnumerator<DownloadItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(source);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Enumerator(ItemSource source) : IEnumerator<DownloadItem>, IAsyncEnumerator<DownloadItem>
    {
        public DownloadItem Current { get; private set; }

        object IEnumerator.Current => Current;

        public bool MoveNext() => OnTaken(source.Take());

        public ValueTask<bool> MoveNextAsync()
        {
            var taken = source.TakeAsync();
            return taken.IsCompletedSuccessfully ? new ValueTask<bool>(OnTaken(taken.Result)) : AwaitAsync(taken);
        }

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            // The items belong to the run.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async ValueTask<bool> AwaitAsync(ValueTask<DownloadItem?> taken) => OnTaken(await taken.ConfigureAwait(false));

        private bool OnTaken(DownloadItem? item)
        {
            Current = item.GetValueOrDefault();
            return item is not null;
        }
    }
}

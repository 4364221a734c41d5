namespace Downloader;

/// <summary>An enumerable as an asynchronous one that completes each step at once.</summary>
/// <param name="uris">The enumerable.</param>
internal sealed class SynchronousUris(IEnumerable<Uri> uris) : IAsyncEnumerable<Uri>
{
    public IAsyncEnumerator<Uri> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(uris.GetEnumerator());

    private sealed class Enumerator(IEnumerator<Uri> inner) : IAsyncEnumerator<Uri>
    {
        public Uri Current => inner.Current;

        public ValueTask<bool> MoveNextAsync() => new(inner.MoveNext());

        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Downloader;

/// <summary>One run of a strategy: what is to be downloaded, and how.</summary>
/// <remarks><see cref="Download"/> and <see cref="DownloadAsync(DownloadItem)"/> never throw. Once the run is cancelled both return at
/// once, and <see cref="Items"/> and <see cref="ItemsAsync"/> end.</remarks>
public abstract class DownloadRun
{
    private readonly SharedItems _items;

    private protected DownloadRun(ItemSource source, int workers, CancellationToken cancellationToken)
    {
        _items = new SharedItems(source);
        Workers = workers;
        CancellationToken = cancellationToken;
    }

    /// <summary>The most downloads in flight at once: as many as the caller allows, but not more than there are downloads, where that is
    /// known.</summary>
    public int Workers { get; }

    /// <summary>Stops the run.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What is to be downloaded, for threads that may block. All enumerators share the items, those of <see cref="ItemsAsync"/>
    /// too: each item goes to the one that asks first. An enumerator blocks while the caller's input has no item ready.</summary>
    public IEnumerable<DownloadItem> Items => _items;

    /// <summary>The same as <see cref="Items"/>, without blocking.</summary>
    public IAsyncEnumerable<DownloadItem> ItemsAsync => _items;

    /// <summary>Downloads an item, blocking the calling thread until it is done, and also while the caller is slow to take the
    /// results.</summary>
    /// <param name="item">One of <see cref="Items"/>.</param>
    public abstract void Download(DownloadItem item);

    /// <summary>Downloads an item, holding no thread while it waits. It is done once the result is handed over, which also waits for a
    /// caller that is slow to take the results.</summary>
    /// <param name="item">One of <see cref="ItemsAsync"/>.</param>
    public Task DownloadAsync(DownloadItem item) => DownloadAsync(item, gate: null);

    /// <summary>The same, with somebody who decides when each attempt starts and sees how it ended.</summary>
    internal abstract Task DownloadAsync(DownloadItem item, AttemptGate? gate);
}

/// <summary>A run whose bodies a reader of <typeparamref name="T"/> reads.</summary>
/// <param name="source">The items.</param>
/// <param name="workers">How many at once.</param>
/// <param name="clients">The source of each download's client.</param>
/// <param name="reader">Reads the bodies.</param>
/// <param name="sink">Takes the results.</param>
/// <param name="cancellationToken">Stops the run.</param>
internal sealed class DownloadRun<T>(
    ItemSource source, int workers, IClientSource clients, BodyReader<T> reader, ResultSink<T> sink, CancellationToken cancellationToken)
    : DownloadRun(source, workers, cancellationToken)
{
    public override void Download(DownloadItem item)
    {
        DownloadResult<T> result;
        try
        {
            result = CancellationToken.IsCancellationRequested
                ? DownloadResult<T>.Failed(item, DownloadFailure.Cancelled)
                : Get(item);
        }
        catch (Exception e)
        {
            result = DownloadResult<T>.Failed(item, new DownloadFailure(FailureReason.Other, e.Message));
        }

        sink.Add(result);
    }

    internal override async Task DownloadAsync(DownloadItem item, AttemptGate? gate)
    {
        DownloadResult<T> result;
        try
        {
            if (CancellationToken.IsCancellationRequested)
            {
                result = DownloadResult<T>.Failed(item, DownloadFailure.Cancelled);
            }
            else
            {
                var client = clients.Rent();
                try
                {
                    result = await client.GetAsync(item, reader, gate, CancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    clients.Release(client);
                }
            }
        }
        catch (Exception e)
        {
            result = DownloadResult<T>.Failed(item, new DownloadFailure(FailureReason.Other, e.Message));
        }

        await sink.AddAsync(result).ConfigureAwait(false);
    }

    private DownloadResult<T> Get(DownloadItem item)
    {
        var client = clients.Rent();
        try
        {
            return client.Get(item, reader, CancellationToken);
        }
        finally
        {
            clients.Release(client);
        }
    }
}

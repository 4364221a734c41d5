namespace Downloader;

/// <summary>The items of a list; taking one waits for nothing.</summary>
/// <param name="uris">The list.</param>
/// <param name="cancellationToken">Ends the items.</param>
internal sealed class ListedItems(IReadOnlyList<Uri> uris, CancellationToken cancellationToken) : ItemSource
{
    private int _taken = -1;

    public override DownloadItem? Take()
    {
        if (cancellationToken.IsCancellationRequested) return null;
        var index = Interlocked.Increment(ref _taken);
        // Beyond the end, too, as often as there are workers, the number only grows: no list is so long that it could overflow.
        return index < uris.Count ? new DownloadItem(index, uris[index]) : null;
    }

    public override ValueTask<DownloadItem?> TakeAsync() => new(Take());
}

namespace Downloader;

/// <summary>Hands out the items of a run, each once, to whoever asks first. Thread-safe.</summary>
internal abstract class ItemSource
{
    /// <summary>Takes the next item; blocks while there is none yet.</summary>
    /// <returns>Null at the end, or when the run is cancelled.</returns>
    public abstract DownloadItem? Take();

    /// <summary>Takes the next item.</summary>
    /// <returns>Null at the end, or when the run is cancelled.</returns>
    public abstract ValueTask<DownloadItem?> TakeAsync();
}

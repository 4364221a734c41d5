namespace Downloader;

/// <summary>Takes the results of a run as its downloads end. Thread-safe.</summary>
internal abstract class ResultSink<T>
{
    /// <summary>Takes a result; may block the calling thread until there is room for it.</summary>
    public abstract void Add(DownloadResult<T> result);

    /// <summary>Takes a result, once there is room for it.</summary>
    public abstract ValueTask AddAsync(DownloadResult<T> result);
}

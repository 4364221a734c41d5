namespace Downloader;

/// <summary>What a strategy's workers do while they wait for the server.</summary>
public enum StrategyKind
{
    /// <summary>One worker, the caller's own thread: the baseline.</summary>
    Sequential,

    /// <summary>Each worker holds a thread, which blocks in <see cref="HttpMessageInvoker.Send"/> until its download is done.</summary>
    Blocking,

    /// <summary>No thread is held while a download waits.</summary>
    Asynchronous,
}

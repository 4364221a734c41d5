namespace Downloader;

/// <summary>Reads the bodies of responses and makes a value of each. One instance serves many downloads at the same time.</summary>
/// <remarks>
/// It is called for responses with a success status, once for each try of a download. When it throws, the download has failed with
/// <see cref="FailureReason.BodyReaderFailed"/> and is not tried again; the others go on. When the body could not be read (the connection
/// was lost, the time was up), the download has that failure, whatever the reader throws or returns. What it does not read is not
/// downloaded: then the connection is closed. Its time counts against <see cref="DownloaderOptions.Timeout"/>.
/// <see cref="BodyReaders"/> has ready-made ones.
/// </remarks>
/// <typeparam name="T">What it makes of a body.</typeparam>
public abstract class BodyReader<T>
{
    /// <summary>Whether <see cref="Read"/> works, so that blocking strategies can use this reader. Default true.</summary>
    public virtual bool CanBlock => true;

    /// <summary>Reads a body without blocking; asynchronous strategies call it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Cancelled when the download's time is up or the run is cancelled.</param>
    public abstract ValueTask<T> ReadAsync(DownloadBody body, CancellationToken cancellationToken);

    /// <summary>Reads a body on the calling thread; blocking strategies call it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Cancelled when the download's time is up or the run is cancelled; a read that waits then
    /// ends.</param>
    public abstract T Read(DownloadBody body, CancellationToken cancellationToken);
}

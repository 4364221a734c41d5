namespace Downloader;

/// <summary>A reader made of the caller's functions.</summary>
/// <param name="readAsync">Reads without blocking.</param>
/// <param name="read">Reads on the calling thread; null where there is no such form.</param>
internal sealed class DelegateReader<T>(
    Func<DownloadBody, CancellationToken, ValueTask<T>> readAsync, Func<DownloadBody, CancellationToken, T>? read) : BodyReader<T>
{
    public override bool CanBlock => read is not null;

    public override ValueTask<T> ReadAsync(DownloadBody body, CancellationToken cancellationToken) => readAsync(body, cancellationToken);

    public override T Read(DownloadBody body, CancellationToken cancellationToken) =>
        read is null ? throw new NotSupportedException("The reader has no synchronous form.") : read(body, cancellationToken);
}

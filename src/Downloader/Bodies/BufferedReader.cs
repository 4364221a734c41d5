namespace Downloader;

/// <summary>Reads the whole body into memory, then makes a value of it.</summary>
internal abstract class BufferedReader<T> : BodyReader<T>
{
    public sealed override async ValueTask<T> ReadAsync(DownloadBody body, CancellationToken cancellationToken)
    {
        using var buffer = new BodyBuffer(body.Headers.ContentLength);
        int bytes;
        do
        {
            bytes = await body.Stream.ReadAsync(buffer.Free, cancellationToken).ConfigureAwait(false);
            buffer.Advance(bytes);
        }
        while (bytes > 0);
        return Convert(body, buffer.Content);
    }

    public sealed override T Read(DownloadBody body, CancellationToken cancellationToken)
    {
        using var buffer = new BodyBuffer(body.Headers.ContentLength);
        int bytes;
        do
        {
            bytes = body.Stream.Read(buffer.Free.Span);
            buffer.Advance(bytes);
        }
        while (bytes > 0);
        return Convert(body, buffer.Content);
    }

    /// <summary>Makes the value.</summary>
    /// <param name="body">The body that was read.</param>
    /// <param name="content">All its bytes; they are gone afterwards.</param>
    protected abstract T Convert(DownloadBody body, ReadOnlySpan<byte> content);
}

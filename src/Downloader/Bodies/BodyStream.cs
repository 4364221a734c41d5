using System.Runtime.CompilerServices;

namespace Downloader;

/// <summary>The body of one try of a download: counts what is read, ends when it is too long or the time is up, and keeps the exception
/// that ended it, so that a reader that catches it cannot hide it.</summary>
/// <param name="content">The content of the response.</param>
/// <param name="inner">Its stream.</param>
/// <param name="announcedBytes">The length that the server announced; null when it did not.</param>
/// <param name="maxBytes">The most bytes allowed.</param>
/// <param name="token">Ends the reads, whatever token the reader gives to them.</param>
internal sealed class BodyStream(HttpContent content, Stream inner, long? announcedBytes, long maxBytes, CancellationToken token) : Stream
{
    private CancellationTokenRegistration _registration;
    private bool _endsWithToken;
    private bool _isClosed;

    /// <summary>The length that the server announced; null when it did not.</summary>
    public long? AnnouncedBytes => announcedBytes;

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the body is longer than allowed.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>What ended it before its end; null when nothing did.</summary>
    public Exception? Error { get; private set; }

    public override bool CanRead => !_isClosed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            EndReadsWithToken();
            var bytes = inner.Read(buffer);
            // A content that was disposed between two reads looks like the end of the body.
            if (bytes == 0) token.ThrowIfCancellationRequested();
            return Count(bytes);
        }
        catch (Exception e)
        {
            Error ??= e;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var isForeignToken = cancellationToken.CanBeCanceled && cancellationToken != token;
        return isForeignToken ? ReadWithAsync(buffer, cancellationToken) : ReadAsync(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Throws again what ended the body, where a reader has caught it.</summary>
    public void ThrowIfFailed()
    {
        if (Error is not null) throw Error;
    }

    protected override void Dispose(bool disposing)
    {
        _isClosed = true;
        _registration.Dispose();
        base.Dispose(disposing);
    }

    private ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        ValueTask<int> read;
        try
        {
            read = inner.ReadAsync(buffer, token);
            if (read.IsCompletedSuccessfully) return new ValueTask<int>(Count(read.Result));
        }
        catch (Exception e)
        {
            Error ??= e;
            throw;
        }

        return AwaitAsync(read);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> read)
    {
        try
        {
            return Count(await read.ConfigureAwait(false));
        }
        catch (Exception e)
        {
            Error ??= e;
            throw;
        }
    }

    /// <summary>With a token of the reader's own, which ends this read only.</summary>
    private async ValueTask<int> ReadWithAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, cancellationToken);
        try
        {
            return Count(await inner.ReadAsync(buffer, both.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (!IsReadersOwn(e, cancellationToken))
        {
            Error ??= e;
            throw;
        }
    }

    private bool IsReadersOwn(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested && !token.IsCancellationRequested;

    /// <summary>A synchronous read takes no token. As in the BCL's own synchronous reads, disposing the content ends it.</summary>
    private void EndReadsWithToken()
    {
        if (_endsWithToken) return;
        _endsWithToken = true;
        _registration = token.UnsafeRegister(static content => ((HttpContent)content!).Dispose(), content);
    }

    private int Count(int bytes)
    {
        BytesRead += bytes;
        if (BytesRead <= maxBytes) return bytes;
        IsTooLong = true;
        throw new IOException(DownloadFailure.BodyTooLong(maxBytes).Message);
    }
}

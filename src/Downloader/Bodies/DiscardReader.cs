using System.Buffers;
using System.Runtime.CompilerServices;

namespace Downloader;

/// <summary>Reads bodies through a pooled buffer and keeps nothing.</summary>
internal sealed class DiscardReader : BodyReader<long>
{
    private const int MaxBufferBytes = 32 * 1024;

    public static DiscardReader Instance { get; } = new();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<long> ReadAsync(DownloadBody body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes(body));
        try
        {
            var total = 0L;
            int bytes;
            do
            {
                bytes = await body.Stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                total += bytes;
            }
            while (bytes > 0);
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override long Read(DownloadBody body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes(body));
        try
        {
            var total = 0L;
            int bytes;
            do
            {
                bytes = body.Stream.Read(buffer);
                total += bytes;
            }
            while (bytes > 0);
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Not larger than the body, so that many small downloads do not hold many large buffers.</summary>
    private static int BufferBytes(DownloadBody body) =>
        (int)Math.Clamp((body.Stream as BodyStream)?.AnnouncedBytes ?? MaxBufferBytes, 1, MaxBufferBytes);
}

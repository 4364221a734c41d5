using System.Diagnostics;
using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>A connection that knows when it was last written to.</summary>
/// <param name="socket">Connected; closed with the stream.</param>
internal sealed class ProbeStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private long _lastWrite;

    /// <summary>Whether anything was sent since then, by <see cref="Stopwatch"/>.</summary>
    public bool WasWrittenSince(long timestamp) => Volatile.Read(ref _lastWrite) > timestamp;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastWrite, Stopwatch.GetTimestamp());
    }
}

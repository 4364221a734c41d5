using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>A connection that tells when something was sent.</summary>
/// <param name="socket">Connected; closed with the stream.</param>
/// <param name="onSent">Told after each write.</param>
internal sealed class ProbeStream(Socket socket, Action onSent) : NetworkStream(socket, ownsSocket: true)
{
    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        onSent();
    }
}

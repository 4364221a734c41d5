using System.Diagnostics;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>A request that knows the connection that was opened for it, and how long each part of that took.</summary>
/// <param name="uri">What is requested.</param>
internal sealed class ProbeMessage(Uri uri) : HttpRequestMessage(HttpMethod.Get, uri)
{
    private readonly Lock _lock = new();
    private long _connected;
    private TimeSpan? _dns;
    private TimeSpan? _tcp;
    private TimeSpan? _tls;

    /// <summary>When it was made, by <see cref="Stopwatch"/>: before it is sent.</summary>
    public long Created { get; } = Stopwatch.GetTimestamp();

    /// <summary>When its connection began to be opened, by <see cref="Stopwatch"/>; null when it used one that was open.</summary>
    public long? ConnectStarted { get; private set; }

    /// <summary>What the connection took; null when it used one that was open.</summary>
    public ConnectionTiming? Connection
    {
        get
        {
            lock (_lock)
            {
                return ConnectStarted is null ? null : new ConnectionTiming(_dns, _tcp, _tls);
            }
        }
    }

    /// <summary>Takes the beginning of a connection that is opened for it.</summary>
    public void OnConnecting(long started)
    {
        lock (_lock)
        {
            ConnectStarted = started;
        }
    }

    /// <summary>Takes what the parts of it took.</summary>
    public void OnConnected(TimeSpan? dns, TimeSpan tcp)
    {
        lock (_lock)
        {
            (_dns, _tcp, _connected) = (dns, tcp, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Takes the end of its TLS handshake, where it has one.</summary>
    public void OnReady()
    {
        lock (_lock)
        {
            if (RequestUri!.Scheme == Uri.UriSchemeHttps) _tls = Stopwatch.GetElapsedTime(_connected);
        }
    }
}

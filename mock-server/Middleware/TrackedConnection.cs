using Downloader.MockServer.Client;

namespace Downloader.MockServer.Middleware;

/// <summary>A connection as the audit records it.</summary>
internal sealed class TrackedConnection(int number, WireProtocol protocol, TimeSpan connecting)
{
    private int _isConsumed;

    public int Number { get; } = number;

    public WireProtocol Protocol { get; } = protocol;

    /// <summary>How long it took to be set up; zero from the second call on, so that the audit counts it once.</summary>
    public TimeSpan ConsumeConnectTime() => _isConsumed == 0 && Interlocked.Exchange(ref _isConsumed, 1) == 0 ? connecting : TimeSpan.Zero;
}

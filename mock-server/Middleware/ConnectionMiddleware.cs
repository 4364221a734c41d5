using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Connections;

namespace Downloader.MockServer.Middleware;

/// <summary>Numbers each connection and, below HTTP and TLS, makes it cost what the scenario says.</summary>
internal sealed class ConnectionMiddleware(ConnectionDelegate next, ServerState lab, WireProtocol protocol)
{
    public async Task Invoke(ConnectionContext connection)
    {
        var opened = Clock.Now;
        var latency = lab.ActiveScenario.Scenario.ConnectLatency;
        if (latency > TimeSpan.Zero) await lab.Timer.Until(opened + latency, connection.ConnectionClosed);
        connection.Features.Set(new TrackedConnection(lab.NextConnection(), protocol, latency > TimeSpan.Zero ? Clock.Now - opened : TimeSpan.Zero));
        await next(connection);
    }
}

/// <summary>A connection as the audit knows it.</summary>
internal sealed class TrackedConnection(int number, WireProtocol protocol, TimeSpan connecting)
{
    private int _requests;

    public int Number { get; } = number;

    public WireProtocol Protocol { get; } = protocol;

    /// <summary>What setting it up took; zero for all but the first who asks, so that the audit counts it once.</summary>
    public TimeSpan ConsumeConnectTime() => _requests == 0 && Interlocked.Exchange(ref _requests, 1) == 0 ? connecting : TimeSpan.Zero;
}

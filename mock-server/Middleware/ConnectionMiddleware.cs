using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Connections;

namespace Downloader.MockServer.Middleware;

/// <summary>Numbers each connection and, below HTTP and TLS, delays it as the scenario demands.</summary>
internal sealed class ConnectionMiddleware(ConnectionDelegate next, ServerState state, WireProtocol protocol)
{
    public async Task Invoke(ConnectionContext connection)
    {
        var opened = Clock.Now;
        var latency = state.ActiveScenario.Scenario.ConnectLatency;
        if (latency > TimeSpan.Zero) await state.Timer.DelayUntil(opened + latency, connection.ConnectionClosed);
        var connecting = latency > TimeSpan.Zero ? Clock.Now - opened : TimeSpan.Zero;
        connection.Features.Set(new TrackedConnection(state.GetNextConnectionNumber(), protocol, connecting));
        await next(connection);
    }
}

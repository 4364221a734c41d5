using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Middleware;

/// <summary>What the server is told to do, and what it has seen: all of its state.</summary>
internal sealed class ServerState(Scenario scenario)
{
    private ActiveScenario _inForce = new(scenario, before: null);
    private AuditRecorder _audit = new(AuditRecorder.MaxRequests);
    private int _connections;

    public PreciseTimer Timer { get; } = new();

    public ActiveScenario ActiveScenario => Volatile.Read(ref _inForce);

    public AuditRecorder Audit => Volatile.Read(ref _audit);

    public int NextConnection() => Interlocked.Increment(ref _connections);

    public void SetScenario(Scenario scenario) => Volatile.Write(ref _inForce, new ActiveScenario(scenario, ActiveScenario));

    public void ResetAudit() => Volatile.Write(ref _audit, new AuditRecorder(AuditRecorder.MaxRequests));

    public void StopAudit() => Volatile.Write(ref _audit, new AuditRecorder(room: 0));

    /// <summary>As it was at the start.</summary>
    public void Restart(Scenario scenario)
    {
        SetScenario(scenario);
        ResetAudit();
        Volatile.Write(ref _connections, 0);
    }
}

using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Middleware;

/// <summary>All of the server's state: the active scenario, and the log.</summary>
/// <remarks>A server keeps no log until it is asked for one, so that one that runs for days does not grow.</remarks>
internal sealed class ServerState(Scenario scenario)
{
    /// <summary>A log of this many requests takes 45 MB: its memory is worth returning to the system at once.</summary>
    private const int LargeLog = 500_000;

    private readonly Lock _auditLock = new();
    private ActiveScenario _activeScenario = new(scenario, previous: null);
    private AuditRecorder _audit = new(number: 0, capacity: 0);
    private bool _isLogChosen;
    private Dictionary<string, int>? _clientMarks;
    private int _connections;

    public PreciseTimer Timer { get; } = new();

    public ActiveScenario ActiveScenario => Volatile.Read(ref _activeScenario);

    public AuditRecorder Audit => Volatile.Read(ref _audit);

    public int GetNextConnectionNumber() => Interlocked.Increment(ref _connections);

    /// <summary>The number of the client that has this mark; −1 for a mark that no client of a run has.</summary>
    public int FindClient(string? mark) =>
        mark is not null && Volatile.Read(ref _clientMarks)?.TryGetValue(mark, out var number) == true ? number : -1;

    /// <summary>Whether requests may carry the mark of a client.</summary>
    public bool HasClientMarks => Volatile.Read(ref _clientMarks) is not null;

    /// <summary>From here on requests with these marks are logged with the number of their client; null for no marks.</summary>
    public void SetClientMarks(Dictionary<string, int>? marks) => Volatile.Write(ref _clientMarks, marks);

    public void SetScenario(Scenario scenario) => Volatile.Write(ref _activeScenario, new ActiveScenario(scenario, ActiveScenario));

    /// <summary>Clears the log, and logs requests from here on.</summary>
    public void ResetAudit() => StartLog(AuditRecorder.MaxRequests, isChosen: true);

    /// <summary>Clears the log, and only counts requests from here on.</summary>
    public void StopAudit() => StartLog(capacity: 0, isChosen: true);

    /// <summary>An iteration begins; where nothing was said about the log yet, logging starts.</summary>
    public void BeginIteration(TimeSpan now)
    {
        lock (_auditLock)
        {
            if (!_isLogChosen) ResetAudit();
            // A limit on requests per second starts anew, as latencies and faults do: iterations must not depend on the one before.
            var scenario = ActiveScenario.Scenario;
            if (scenario.RateLimit is not null) SetScenario(scenario);
            _audit.BeginIteration(now);
        }
    }

    /// <summary>As after the start: with this scenario, without a log.</summary>
    public void Restart(Scenario scenario)
    {
        SetScenario(scenario);
        StartLog(capacity: 0, isChosen: false);
        Volatile.Write(ref _connections, 0);
    }

    private void StartLog(int capacity, bool isChosen)
    {
        lock (_auditLock)
        {
            var isLarge = _audit.Logged >= LargeLog;
            var number = _audit.Number + 1;
            Volatile.Write(ref _audit, new AuditRecorder(number, capacity: 0));
            // The old one is garbage from here on. Nothing is measured during a reset.
            if (isLarge) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Volatile.Write(ref _audit, new AuditRecorder(number, capacity));
            _isLogChosen = isChosen;
        }
    }
}

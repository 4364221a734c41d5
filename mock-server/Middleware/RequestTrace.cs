using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Middleware;

/// <summary>One request, from its arrival to its completion: what the steps on its way tell the audit.</summary>
internal sealed class RequestTrace
{
    public required ActiveScenario ActiveScenario { get; init; }

    /// <summary>The log that it is written to, even if another one has taken its place.</summary>
    public required AuditRecorder Log { get; init; }

    /// <summary>Its place in that log; −1 when there was no room.</summary>
    public required int Index { get; init; }

    public bool IsLogged => Index >= 0;

    public required int Iteration { get; init; }

    public required int Sequence { get; init; }

    public required TimeSpan Arrived { get; init; }

    public required Page Page { get; init; }

    public required WireProtocol Protocol { get; init; }

    public required int Connection { get; init; }

    public required TimeSpan Connecting { get; init; }

    public required TimeSpan Latency { get; init; }

    public TimeSpan Queued { get; set; }

    /// <summary>When it is to be answered: its latency counts from when it was let in.</summary>
    public TimeSpan Due => Arrived + Queued + Latency;

    public RequestOutcome Outcome { get; set; }

    private int _completed;

    /// <summary>Stamps the visit completed and writes it to the log; only the first call counts.</summary>
    public void Complete(TimeSpan now)
    {
        if (!IsLogged || Interlocked.Exchange(ref _completed, 1) != 0) return;
        Log.Complete(Index, new RequestRecord(
            Iteration, Sequence, Connection, Page, Protocol, Outcome, Arrived, now, Latency, Queued, Connecting));
    }
}

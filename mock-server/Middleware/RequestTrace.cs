using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Middleware;

/// <summary>One request, from its arrival to its completion: what the middleware finds out about it for the audit.</summary>
internal sealed class RequestTrace
{
    private int _isCompleted;

    public required ActiveScenario ActiveScenario { get; init; }

    /// <summary>The log that it is written to, even when another one has been started meanwhile.</summary>
    public required AuditRecorder Recorder { get; init; }

    /// <summary>Its position in that log; −1 where it is only counted.</summary>
    public required int Index { get; init; }

    public bool IsLogged => Index >= 0;

    public required int Iteration { get; init; }

    public required int Sequence { get; init; }

    public required TimeSpan Arrived { get; init; }

    /// <summary>The number of the client that sent it; −1 where it has no mark of one.</summary>
    public required int Client { get; init; }

    public required Page Page { get; init; }

    public required WireProtocol Protocol { get; init; }

    public required int Connection { get; init; }

    public required TimeSpan Connecting { get; init; }

    public required TimeSpan Latency { get; init; }

    public TimeSpan Queued { get; set; }

    /// <summary>When it is to be answered: its latency counts from its admission.</summary>
    public TimeSpan Due => Arrived + Queued + Latency;

    public RequestOutcome Outcome { get; set; }

    /// <summary>The bytes of the body that is sent.</summary>
    public int BodyBytes { get; set; }

    /// <summary>The client closed the connection, or cancelled the request, before it was answered.</summary>
    public void MarkAbandoned()
    {
        Outcome = RequestOutcome.Abandoned;
        BodyBytes = 0;
    }

    /// <summary>Writes the request to the log as completed at this time; only the first call counts.</summary>
    public void Complete(TimeSpan now)
    {
        if (!IsLogged || Interlocked.Exchange(ref _isCompleted, 1) != 0) return;
        Recorder.Complete(Index, new RequestRecord(
            Iteration, Sequence, Connection, Page, Protocol, Outcome, Arrived, now, Latency, Queued, Connecting, BodyBytes, Client));
    }
}

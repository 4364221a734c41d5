namespace Downloader.MockServer.Client;

/// <summary>What the server recorded about one request. Times are on the server's own monotonic clock, since its start.</summary>
/// <param name="Iteration">The iteration it arrived in, from 0; −1 when no iteration was running.</param>
/// <param name="Sequence">Its position in the order of arrival in that iteration, from 0: latency and faults are drawn for this
/// number.</param>
/// <param name="Connection">The number of its connection, from 1, counted since the server's start.</param>
/// <param name="Page">The requested page.</param>
/// <param name="Protocol">The protocol of its connection.</param>
/// <param name="Outcome">What the server did with it.</param>
/// <param name="Arrived">When the server had read its head.</param>
/// <param name="AnswerBegan">When the server began to send the answer. The client cannot have the answer earlier, so that
/// [<paramref name="Arrived"/>, <paramref name="AnswerBegan"/>] always lies within the time in which the client has the request in
/// flight.</param>
/// <param name="Latency">The latency drawn for it: what the scenario asked of the server.</param>
/// <param name="Queued">How long it waited for <see cref="Scenario.Capacity"/>.</param>
/// <param name="Connecting">How long its connection took to be set up, if it was the first on it; zero otherwise.</param>
/// <param name="BodyBytes">The bytes of the body that the server sends: the whole page when served, half of it for
/// <see cref="RequestOutcome.CutShort"/>, the error text for a refusal, 0 where nothing is answered. Recorded when the answer begins: a
/// client that closes the connection in the middle of the body receives less.</param>
/// <param name="Client">The number of the client that sent it, in a run of several clients (<see cref="LoadRun"/>); −1 for a request
/// without the mark of one.</param>
public readonly record struct RequestRecord(
    int Iteration,
    int Sequence,
    int Connection,
    Page Page,
    WireProtocol Protocol,
    RequestOutcome Outcome,
    TimeSpan Arrived,
    TimeSpan AnswerBegan,
    TimeSpan Latency,
    TimeSpan Queued,
    TimeSpan Connecting,
    int BodyBytes,
    int Client = -1)
{
    /// <summary>Service time: from arrival to the beginning of the answer, waiting for capacity included.</summary>
    public TimeSpan ServiceTime => AnswerBegan - Arrived;

    /// <summary>The latency that the server really imposed, to be compared with <see cref="Latency"/>: service time without the wait for
    /// capacity.</summary>
    public TimeSpan ObservedLatency => ServiceTime - Queued;
}

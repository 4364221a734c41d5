namespace Downloader.MockServer.Client;

/// <summary>What the server did with a request.</summary>
public enum RequestOutcome : byte
{
    /// <summary>Answered with its page.</summary>
    Served,

    /// <summary>Answered 404: no such page.</summary>
    NotFound,

    /// <summary>Refused with 503: capacity and queue were full.</summary>
    Refused,

    /// <summary>Refused with 429: over the rate limit.</summary>
    RateLimited,

    /// <summary>Met the fault <see cref="FaultKinds.Reset"/>.</summary>
    Reset,

    /// <summary>Met the fault <see cref="FaultKinds.Empty"/>.</summary>
    Empty,

    /// <summary>Met the fault <see cref="FaultKinds.CutShort"/>.</summary>
    CutShort,

    /// <summary>Met the fault <see cref="FaultKinds.ServerError"/>.</summary>
    ServerError,

    /// <summary>The client went away before it was answered.</summary>
    Abandoned,
}

/// <summary>A page of the mock server.</summary>
public enum Page : byte
{
    /// <summary>Any other path.</summary>
    Other,

    /// <summary>/jython</summary>
    Jython,

    /// <summary>/dice</summary>
    Dice,
}

/// <summary>What the server saw of one request. Times are on the server's own monotonic clock, since its start.</summary>
/// <param name="Iteration">The iteration it arrived in, from 0; −1 when none was under way.</param>
/// <param name="Sequence">Its place in the order of arrival in that iteration, from 0: latency and faults are drawn for this number.</param>
/// <param name="Connection">Which connection it came on, from 1, counted since the server's start.</param>
/// <param name="Page">What it asked for.</param>
/// <param name="Protocol">What it spoke.</param>
/// <param name="Outcome">What was done with it.</param>
/// <param name="Arrived">When the server had read its head.</param>
/// <param name="Completed">When the server began to send the answer. The client cannot have the answer before, so that
/// [<paramref name="Arrived"/>, <paramref name="Completed"/>] always lies within the time the client has the request in flight.</param>
/// <param name="Latency">The latency drawn for it.</param>
/// <param name="Queued">How long it waited for <see cref="Scenario.Capacity"/>.</param>
/// <param name="Connecting">How long its connection took to be set up, if it was the first on it; zero otherwise.</param>
public readonly record struct RequestRecord(
    int Iteration,
    int Sequence,
    int Connection,
    Page Page,
    WireProtocol Protocol,
    RequestOutcome Outcome,
    TimeSpan Arrived,
    TimeSpan Completed,
    TimeSpan Latency,
    TimeSpan Queued,
    TimeSpan Connecting)
{
    /// <summary>Service time: from arrival to the beginning of the answer.</summary>
    public TimeSpan ServiceTime => Completed - Arrived;
}

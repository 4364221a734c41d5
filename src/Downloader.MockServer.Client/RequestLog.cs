namespace Downloader.MockServer.Client;

/// <summary>All that the server recorded since the last reset.</summary>
/// <param name="Iterations">The iterations, in order.</param>
/// <param name="Requests">The completed requests, in order of arrival.</param>
/// <param name="InFlight">Requests that have arrived and are not completed yet.</param>
/// <param name="Dropped">Requests that were not logged: the log was full, or the server was only counting.</param>
public sealed record RequestLog(
    IReadOnlyList<IterationInterval> Iterations,
    IReadOnlyList<RequestRecord> Requests,
    int InFlight,
    long Dropped)
{
    /// <summary>The most requests that a server logs.</summary>
    public const int MaxRequests = 4 * 1024 * 1024;

    /// <summary>Whether it holds as many as it can: those past that are <see cref="Dropped"/>.</summary>
    public bool IsFull => Requests.Count + InFlight >= MaxRequests;
}

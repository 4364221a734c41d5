namespace Downloader.MockServer.Client;

/// <summary>An iteration as the client announced it, on the server's clock.</summary>
/// <param name="Began">When the client said that it begins.</param>
/// <param name="Ended">When the client said that it is done; null while it has not.</param>
/// <param name="Claim">What the client said of it, as it was sent; null for nothing.</param>
public sealed record IterationInterval(TimeSpan Began, TimeSpan? Ended, string? Claim = null);

/// <summary>All that the server saw since the last reset.</summary>
/// <param name="Iterations">The iterations, in order.</param>
/// <param name="Requests">The requests that were completed, in order of arrival.</param>
/// <param name="InFlight">Requests that have arrived and are not completed yet.</param>
/// <param name="Dropped">Requests for which there was no room in the log; 0 in an audit that counts.</param>
public sealed record RequestLog(
    IReadOnlyList<IterationInterval> Iterations,
    IReadOnlyList<RequestRecord> Requests,
    int InFlight,
    long Dropped);

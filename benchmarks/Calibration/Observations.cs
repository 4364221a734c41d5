using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration;

/// <summary>What was seen of a server.</summary>
/// <param name="Requests">All requests, in the order in which they were sent.</param>
/// <param name="Pages">The pages that they asked for.</param>
public sealed record Observations(IReadOnlyList<ObservedRequest> Requests, IReadOnlyList<ObservedPage> Pages)
{
    /// <summary>The server's host, with its port where that is not the usual one; or the name of the file.</summary>
    public required string Source { get; init; }

    /// <summary>Where the requests come from.</summary>
    public required CalibrationSource Kind { get; init; }

    /// <summary>The day on which the server was watched.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The protocol of the requests.</summary>
    public WireProtocol Protocol { get; init; }

    /// <summary>What a reader must know of how they came about, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The largest number of workers that sent requests at a time.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>The number of workers with which a timeout, or a header that says that the limit is reached, ended the climb; null where
    /// none did.</summary>
    public int? StoppedAt { get; init; }

    /// <summary>The pause between two requests that robots.txt asks for; null for none.</summary>
    public TimeSpan? CrawlDelay { get; init; }

    /// <summary>Whether the server spoke HTTP/1.0: a connection then ends after an answer, and no header says so.</summary>
    public bool IsHttp10 { get; init; }

    /// <summary>Whether times are known to a millisecond. Otherwise, as in most access logs, only the second is known in which a request
    /// ended: its duration can be used, its place among the others cannot.</summary>
    public bool HasPreciseTimes { get; init; } = true;
}

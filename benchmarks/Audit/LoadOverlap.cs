using System.Globalization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>For how long all clients of a run had work at the same time: from the latest first arrival to the earliest last
/// answer.</summary>
/// <param name="Duration">How long; zero where there was no such time.</param>
/// <param name="Makespan">How long the run took: from the first arrival to the last answer.</param>
public sealed record LoadOverlap(TimeSpan Duration, TimeSpan Makespan)
{
    /// <summary>With less the clients hardly loaded the server together.</summary>
    public const double MinShare = 0.5;

    /// <summary>The duration as a share of the makespan.</summary>
    public double Share => Makespan > TimeSpan.Zero ? Duration / Makespan : 1;

    /// <summary>The overlap of the clients that have ended and sent a request; null for fewer than two.</summary>
    public static LoadOverlap? Of(LoadRun run, RequestLog log)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        var ended = run.Clients.Where(client => client.State == LoadClientState.Ended).Select(client => client.Number).ToHashSet();
        var clients = log.Requests
            .Where(request => request.Iteration >= 0 && ended.Contains(request.Client))
            .GroupBy(request => request.Client)
            .Select(requests => (First: requests.Min(request => request.Arrived), Last: requests.Max(request => request.AnswerBegan)))
            .ToList();
        if (clients.Count < 2) return null;
        var duration = clients.Min(client => client.Last) - clients.Max(client => client.First);
        var makespan = clients.Max(client => client.Last) - clients.Min(client => client.First);
        return new LoadOverlap(duration > TimeSpan.Zero ? duration : TimeSpan.Zero, makespan);
    }

    /// <summary>A sentence where the share is too small; null where it is not.</summary>
    public string? Check() => Share >= MinShare ? null : string.Create(CultureInfo.InvariantCulture,
        $"expected all clients at work at the same time for half of the makespan or more, they were for "
        + $"{Duration.TotalMilliseconds:0.#} of {Makespan.TotalMilliseconds:0.#} ms: give each more downloads.");
}

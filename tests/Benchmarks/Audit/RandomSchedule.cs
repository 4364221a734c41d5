using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>A random schedule that W workers can run: never more than W in flight, started in order, with idle times or without.</summary>
/// <param name="Workers">W.</param>
/// <param name="Requests">The requests, in order of arrival; the first arrives at 0.</param>
public sealed record RandomSchedule(int Workers, IReadOnlyList<RequestRecord> Requests)
{
    public IEnumerable<TimeSpan> Durations => Requests.Select(request => request.ServiceTime);

    public TimeSpan Makespan => Requests.Max(request => request.AnswerBegan);

    /// <summary>Creates the schedule of a seed; the same seed gives the same schedule.</summary>
    /// <param name="seed">Where the random numbers start.</param>
    /// <param name="idle">Whether workers wait between requests.</param>
    public static RandomSchedule Create(int seed, bool idle)
    {
        var random = new Random(seed);
        var workers = random.Next(1, 9);
        var ends = new List<double>();
        var requests = new List<RequestRecord>();
        var now = 0.0;
        for (var left = random.Next(1, 60); left > 0; left--)
        {
            if (idle && requests.Count > 0 && random.Next(3) == 0) now += random.Next(1, 20);
            // Whole milliseconds: ties are common, and sums are exact.
            while (ends.Count(end => end > now) >= workers) now = ends.Where(end => end > now).Min();
            var completed = now + random.Next(1, 50);
            ends.Add(completed);
            requests.Add(TestRequest.Between(now, completed));
        }

        return new RandomSchedule(workers, requests);
    }
}

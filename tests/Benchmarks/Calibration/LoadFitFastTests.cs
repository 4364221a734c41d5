using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using SeenRequest = Downloader.Benchmarks.Calibration.ObservedRequest;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>A server that answers sooner than its client sends the next request, and stalls now and then: workers are many, and few of them
/// in flight at a time.</summary>
public sealed class LoadFitFastTests
{
    private const double StallMs = 3;
    private const int Seeds = 20;

    private static readonly (int Workers, int Requests)[] Levels = [(1, 60), (2, 24), (4, 24), (8, 24), (16, 40), (24, 48), (32, 64)];

    [Fact]
    public void Durations_rise_with_the_number_in_flight_and_are_none_that_was_not_seen()
    {
        var fits = Fit().ToList();

        Assert.InRange(fits.Count, 5, Seeds);
        // Levels taken together have the same mean, but for the quantiles that are kept of each.
        Assert.All(fits, fit => Assert.All(fit.Means.Zip(fit.Means.Skip(1)), next => Assert.True(next.Second > 0.8 * next.First)));
        Assert.All(fits, fit => Assert.InRange(fit.Means[^1], fit.ShortestMs, 2 * fit.LongestMs));
    }

    private static IEnumerable<(double[] Means, double ShortestMs, double LongestMs)> Fit()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var requests = FitRequest.Create(Observe(new Random(seed)), connectMs: 0);
            var load = LoadFit.Fit(requests, capacity: null);
            if (load.Count == 0) continue;
            var durations = requests.Select(request => request.Ended - request.Arrived).ToList();
            yield return ([.. load.Select(level => level.Latency.Mean.TotalMilliseconds)], durations.Min(), durations.Max());
        }
    }

    private static Observations Observe(Random random)
    {
        var (now, stall) = (0.0, 5.0);
        var requests = new List<SeenRequest>();
        foreach (var (workers, count) in Levels)
        {
            var free = new PriorityQueue<double, double>();
            for (var worker = 0; worker < workers; worker++) free.Enqueue(now, now);
            for (var i = 0; i < count; i++)
            {
                now = Math.Max(now + 0.05 + (0.15 * random.NextDouble()), free.Dequeue());
                while (stall + StallMs < now) stall += 2 + (10 * random.NextDouble());
                var end = now + 0.15 + (0.2 * random.NextDouble());
                if (end > stall) end = stall + StallMs + (0.1 * random.NextDouble());
                free.Enqueue(end, end);
                requests.Add(Seen(now, end, workers));
            }
        }

        return new Observations(requests, [new ObservedPage("/a", 5)])
        {
            Source = "test",
            Kind = CalibrationSource.Live,
            Date = new DateOnly(2026, 1, 2),
            MaxWorkers = 32,
        };
    }

    private static SeenRequest Seen(double sent, double end, int workers) => new()
    {
        Sent = TimeSpan.FromMilliseconds(sent),
        AnswerBegan = TimeSpan.FromMilliseconds(end),
        Ended = TimeSpan.FromMilliseconds(end),
        Status = 200,
        Outcome = ObservedOutcome.Succeeded,
        BodyBytes = 5,
        Workers = workers,
    };
}

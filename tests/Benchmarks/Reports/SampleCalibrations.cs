using Downloader.Benchmarks.Calibration;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Made-up calibrations, plausible in shape; nothing was measured.</summary>
internal static class SampleCalibrations
{
    private static readonly int[] Workers = [1, 2, 4, 8, 16, 32];
    private static readonly double[] QuantilesMs = [41.5, 47.5, 50.5, 53.5, 78.5];

    /// <summary>A server of 16 places and a queue, which was asked 180 times.</summary>
    public static CalibrationResult Queue() => new(
        Requests(),
        new ServerFit
        {
            Latency = new LatencyQuantiles(QuantilesMs.Select(TimeSpan.FromMilliseconds)),
            MeanLatencyMs = new Interval(51.3, 49.7, 52.9),
            CoefficientOfVariation = 0.243,
            RequestsForFivePercent = 93,
            ConnectLatencyMs = new Interval(21.7, 20.3, 23.1),
            DnsMs = 1.25,
            TcpMs = 9.75,
            TlsMs = 11.5,
            Mechanism = Mechanism.Queue,
            Capacity = new Interval(16, 15, 17),
            Queue = 14,
            QueueIsLowerBound = true,
            FaultShare = new Interval(0.011, 0.002, 0.031),
            Pages = [new ObservedPage("/a", 2000), new ObservedPage("/b", 12_345)],
            Levels = [.. Workers.Select(workers => new LevelFigures(
                workers, 30, 0, Math.Min(workers, 16) * 19.4, 50.5 * Math.Max(1, workers / 16.0)))],
            Limits = ["The queue holds at least 14: whether it ends was not looked for."],
        },
        [.. Workers.Select(workers => new Prediction(
            workers, 500, 25_640.0 / Math.Min(workers, 16), 24_770.0 / Math.Min(workers, 16), 26_930.0 / Math.Min(workers, 16)))],
        new WorkerRecommendation(16, null, "The server serves 16 requests at once; more only wait."));

    /// <summary>A server that accepts 40 requests per second, and whose pages and host are hostile.</summary>
    public static CalibrationResult Rate(string hostile)
    {
        var queue = Queue();
        return new(
            queue.Observations with { Source = hostile, Notes = [$"A note: {hostile}"] },
            queue.Fit with
            {
                Mechanism = Mechanism.Rate,
                Capacity = null,
                Queue = null,
                RateLimitPerSecond = new Interval(40.2, 39.3, 41.1),
                RateBurst = 27,
                RetryAfter = TimeSpan.FromSeconds(3),
                Pages = [new ObservedPage($"/{hostile}", 17)],
                Limits = [$"A limit: {hostile}"],
            },
            queue.Predictions,
            new WorkerRecommendation(4, 38.25, $"A reason: {hostile}"));
    }

    private static Observations Requests()
    {
        var requests = Workers.SelectMany(workers => Enumerable.Range(0, 30).Select(index => Request(workers, index))).ToList();
        requests[^1] = requests[^1] with { Status = 500, Outcome = ObservedOutcome.Failed };
        return new Observations(requests, [new ObservedPage("/a", 2000)])
        {
            Source = "api.example:8443",
            Kind = CalibrationSource.Live,
            Date = new DateOnly(2026, 10, 10),
            Notes = ["robots.txt allows these paths."],
            MaxWorkers = 32,
        };

        // The tests of the downloader have a type of the same name.
        static Downloader.Benchmarks.Calibration.ObservedRequest Request(int workers, int index) => new()
        {
            Sent = TimeSpan.FromMilliseconds(60 * index),
            AnswerBegan = TimeSpan.FromMilliseconds(60 * index + 40 + index),
            Ended = TimeSpan.FromMilliseconds(60 * index + 41 + index),
            Status = 200,
            Outcome = ObservedOutcome.Succeeded,
            BodyBytes = 2000,
            Workers = workers,
        };
    }
}

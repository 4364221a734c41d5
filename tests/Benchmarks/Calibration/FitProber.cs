using Downloader.Benchmarks.Calibration;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>Watches a <see cref="FitServer"/> as a calibration does: one worker, then more and more, until one is refused, and then a
/// closer look at the limit.</summary>
internal static class FitProber
{
    private const int MaxRequests = 300;
    private const int Alone = 60;
    private const int WantedSuccesses = 60;

    private static readonly int[] Levels = [2, 3, 4, 6, 8, 12, 16, 24, 32];

    /// <summary>What is seen of a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="seed">Decides on service times and delays.</param>
    /// <param name="requests">The most requests.</param>
    public static Observations Observe(FitServer server, int seed, int requests = MaxRequests)
    {
        var client = new FitClient(server, seed);
        var left = () => requests - client.Requests.Count;
        var sign = client.Run(1, Math.Min(requests, Alone), reconnectAfter: 3);
        var level = 1;
        foreach (var workers in Levels.TakeWhile(_ => sign is null && left() > 0))
        {
            level = workers;
            sign = client.Run(level, Math.Min(left(), Math.Max(12, 2 * level)));
        }

        if (sign is { } first)
        {
            var isRate = client.Requests.Any(request => request.Outcome == ObservedOutcome.RateLimited);
            if (isRate) LookAtRate(client, left, first.Rate / 2, level);
            else LookAtRefusals(client, left, Math.Max(1, Math.Min(level, first.InFlight - 1)));
        }

        client.Drain();
        return new Observations(client.Requests, [new ObservedPage("/a", 1000)])
        {
            Source = "test",
            Kind = CalibrationSource.Live,
            Date = new DateOnly(2026, 1, 2),
            MaxWorkers = level,
        };
    }

    /// <summary>How long downloads take in truth, in milliseconds.</summary>
    /// <param name="server">The server.</param>
    /// <param name="seed">Decides on service times and delays.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="downloads">How many downloads.</param>
    /// <param name="pace">Requests per second at most.</param>
    public static double Measure(FitServer server, int seed, int workers, int downloads, double? pace = null)
    {
        var client = new FitClient(server, seed);
        client.DownloadAll(workers, downloads, pace is { } rate ? 1000 / rate : 0);
        return client.Now;
    }

    private static void LookAtRefusals(FitClient client, Func<int> left, int level)
    {
        var isRefused = true;
        for (var look = 0; look < 4 && isRefused && left() > 0 && client.Refused < 12; look++)
        {
            var sign = client.Run(level, Math.Min(left(), Math.Clamp(left() / 2, 10, Math.Max(40, 3 * level))));
            isRefused = sign is not null;
            if (sign is not null) level = Math.Max(1, Math.Min(level, sign.Value.InFlight) - 1);
        }

        if (!isRefused && left() > 0) client.Run(level + 1, Math.Min(left(), 10 + level));
        if (left() > 0 && client.Refused < 12) client.Run(level, left());
    }

    private static void LookAtRate(FitClient client, Func<int> left, double rate, int level)
    {
        for (var look = 1; look < 3 && client.Refused < 12 && left() > 20; look++)
        {
            if (look == 2) client.Wait(1000);
            var sign = client.Run(level, left() - 20);
            if (sign is null) break;
            rate = sign.Value.Rate;
        }

        var missing = Math.Min(left(), WantedSuccesses - client.Succeeded);
        if (missing > 0) client.Run(level, missing, pace: 1000 / (0.8 * rate));
    }
}

namespace Downloader.Tests.Library.Adaptive;

/// <summary>What a controller without a worker count has to reach, against the best fixed number of workers. Each goal is checked over
/// 20 seeds; the sentences name those that are missed.</summary>
/// <param name="create">A new controller with this ceiling.</param>
internal sealed class ControllerGoals(Func<int, IController> create)
{
    public const double Latency = 20;

    private const int Ceiling = 64;
    private const int Seeds = 20;

    /// <summary>Of 20 seeds, this many may miss a makespan.</summary>
    private const int MaxMissed = 1;

    private static readonly int[] WorkerCounts = [4, 8, 12, 14, 15, 16, 17, 18, 20, 24, 32, 40, 48, 56, 64];

    /// <summary>The shortest makespan of a fixed number of workers that leaves no download failed.</summary>
    public static double FindBest(SimulatedServer server, int downloads, int seed) => WorkerCounts
        .Select(workers => Simulation.RunFixed(server, workers, downloads, seed))
        .Where(run => run.Failed == 0).Min(run => run.Makespan);

    /// <summary>The makespan against the best fixed number of workers that leaves no download failed.</summary>
    public IEnumerable<string> CheckMakespan(SimulatedServer server, int downloads)
    {
        var factor = downloads < 1000 ? 1.10 : 1.05;
        var runs = Enumerable.Range(1, Seeds).Select(seed => (Run: Run(server, downloads, seed), Best: FindBest(server, downloads, seed)));
        var missed = runs.Where(pair => pair.Run.Makespan > (factor * pair.Best) + (3 * Latency)).ToList();
        if (missed.Count <= MaxMissed) yield break;
        var (run, best) = missed[0];
        yield return $"{missed.Count} of {Seeds} makespans are too long, for example {run.Makespan:F0} ms against {best:F0} ms.";
    }

    /// <summary>Refusals, as a share of the requests, and no failure at the end.</summary>
    public IEnumerable<string> CheckRefusals(SimulatedServer server, int downloads, double maxShare)
    {
        var runs = Enumerable.Range(1, Seeds).Select(seed => Run(server, downloads, seed)).ToList();
        var worst = runs.Max(run => run.RefusedShare);
        if (worst > maxShare) yield return $"{worst:P1} of the requests were refused, more than {maxShare:P0}.";
        if (runs.Sum(run => run.Failed) is > 0 and var failed) yield return $"{failed} downloads failed for good.";
    }

    /// <summary>The makespan against a bound of the rate limit, in milliseconds, and the attempts a download.</summary>
    public IEnumerable<string> CheckRate(SimulatedServer server, int downloads, double maxMakespan, double maxAttempts)
    {
        var runs = Enumerable.Range(1, Seeds).Select(seed => Run(server, downloads, seed)).ToList();
        // A tail can hold up the last download of any client: it is counted from the last but four.
        var missed = runs.Where(run => run.Served.Count < downloads || run.Served[^5] > maxMakespan).ToList();
        if (missed.Count > MaxMissed) yield return $"{missed.Count} of {Seeds} took more than {maxMakespan} ms.";
        if (runs.Sum(run => run.Failed) is > 0 and var failed) yield return $"{failed} downloads failed for good.";
        var attempts = runs.Max(run => (double)run.Attempts / downloads);
        if (attempts > maxAttempts) yield return $"{attempts:F3} attempts a download, more than {maxAttempts}.";
    }

    /// <summary>Five service times after the capacity was halved, the server is as busy as it can be and refuses little.</summary>
    public IEnumerable<string> CheckHalvedCapacity(SimulatedServer server)
    {
        var from = server.HalvedAt!.Value + (5 * Latency);
        var to = from + (20 * Latency);
        var possible = server.Capacity / 2 * 20;
        foreach (var run in Enumerable.Range(1, Seeds).Select(seed => Run(server, 1000, seed)))
        {
            var served = run.Served.Count(at => at > from && at <= to);
            var refused = run.RefusedAt.Count(at => at > from && at <= to);
            if (served < 0.95 * possible) yield return $"Only {served} of {possible} were served.";
            if (refused > 0.05 * possible) yield return $"{refused} were refused, {served} served.";
        }
    }

    private SimulatedRun Run(SimulatedServer server, int downloads, int seed) =>
        Simulation.RunControlled(server, create(Ceiling), Ceiling, downloads, seed);
}

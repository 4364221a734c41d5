using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Made-up runs, plausible in shape: schedules simulated with a seeded generator, nothing measured.</summary>
internal static class Sample
{
    private const int Iterations = 8;
    private const double Service = 50.6;

    public static RunResult Run(params IReadOnlyList<SuiteResult> suites) => new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TimeSpan.FromSeconds(97),
        "dotnet run -c Release --project benchmarks",
        [new("CPU", "Sample CPU (nothing here was measured)"), new("Cores", "2"), new("OS", "Sample OS"), new(".NET", "10.0.0"), new("BenchmarkDotNet", "0.15.8")],
        suites,
        ["Downloader.Benchmarks.Strategies-report.html", "Downloader.Benchmarks.Strategies-report-github.md"]);

    public static RunResult Everything() => Run(Strategies(), Comparison(), Tail(), Session(), ColdStart(), Capacity(), Faults(), Scale());

    /// <summary>A row of the given makespans alone.</summary>
    public static CaseResult Row(string strategy, int? workers, params IReadOnlyList<double> makespans) => new()
    {
        Strategy = strategy,
        Kind = KindOf(strategy),
        Workers = workers,
        Downloads = 160,
        Makespans = makespans,
        IsBaseline = strategy == "Sequential",
    };

    /// <summary>A row simulated: so many effective lanes of those allowed, the ideal for those allowed.</summary>
    public static CaseResult Simulated(string strategy, int? workers, double? lanes = null, string? variant = null, int downloads = 160,
        double noise = 0.004, double service = Service, double failed = 0, double connect = 0, int? connections = null, bool cold = false)
    {
        var random = new Random(HashCode(strategy, workers, variant));
        var allowed = KindOf(strategy) == StrategyKind.Sequential ? 1 : workers ?? downloads;
        var used = (int)Math.Max(1, Math.Floor(Math.Min(lanes ?? allowed, downloads)));
        var bars = Schedule(random, downloads, used, service + connect, (int)Math.Round(failed));
        var end = bars.Max(bar => bar.End);
        var ideal = Schedule(random, downloads, Math.Min(allowed, downloads), service + connect, 0).Max(bar => bar.End);
        var makespans = Enumerable.Range(0, Iterations).Select(_ => end * (1.003 + noise * random.NextDouble())).ToArray();
        return new CaseResult
        {
            Strategy = strategy,
            Kind = KindOf(strategy),
            Variant = variant,
            Workers = workers,
            Downloads = downloads,
            IsBaseline = strategy == "Sequential",
            IsCold = cold,
            Makespans = makespans,
            Ideals = [.. makespans.Select(_ => Math.Min(ideal, end))],
            ServiceTime = service,
            InFlight = bars.Sum(bar => bar.End - bar.Start) / end,
            Peak = used,
            Connections = connections ?? used,
            Attempts = downloads,
            Failed = failed,
            AllocatedPerDownload = KindOf(strategy) == StrategyKind.Asynchronous ? 2_870 : 4_310,
            CpuPerDownload = 0.11,
            Audited = true,
            Waterfall = bars,
        };
    }

    public static SuiteResult Strategies()
    {
        int[] workers = [1, 5, 16, 64];
        List<CaseResult> rows = [Simulated("Sequential", null)];
        foreach (var strategy in (string[])["DedicatedThreads", "ParallelForEach", "ThreadPool", "Channel", "Dataflow", "ParallelForEachAsync", "WhenAll"])
        {
            rows.AddRange(workers.Where(count => count > 1).Select(count => strategy switch
            {
                "ParallelForEach" when count > 5 => Simulated(strategy, count, count == 16 ? 7 : 9, noise: 0.2),
                "ThreadPool" when count > 5 => Simulated(strategy, count, 6, noise: 0.3),
                _ => Simulated(strategy, count),
            }));
        }

        rows.Add(Simulated("WhenAllUnbounded", null));
        return new SuiteResult("Strategies", "Which concurrency pattern, and how many workers?", SuiteTopic.Strategies, new Scenario(), rows);
    }

    public static SuiteResult Comparison() => new("Article", "Do the article's three runs come out alike in C#?", SuiteTopic.Comparison,
        new Scenario { ConnectLatency = TimeSpan.FromMilliseconds(60) },
        [
            Simulated("Sequential", null, variant: "no session", connect: 65, connections: 160) with { Published = 19_000, IsBaseline = false },
            Simulated("Sequential", null, variant: "one session", connections: 1) with { Published = 9_000 },
            Simulated("DedicatedThreads", 5, variant: "a session each", connections: 5) with { Published = 3_000 },
            Simulated("WhenAll", 5, variant: "one session", connections: 5),
            Simulated("Channel", 5, variant: "one session", connections: 5),
        ]);

    /// <summary>Two scenarios, of which the second is that of two variants.</summary>
    public static SuiteResult Tail()
    {
        var heavy = new Scenario { Latency = TimeSpan.FromMilliseconds(25), LatencyP99 = TimeSpan.FromMilliseconds(387) };
        return new SuiteResult("Tail", "What does a heavy tail cost?", SuiteTopic.Tail, new Scenario(),
            [
                Simulated("StaticPartition", 16, variant: "constant") with { Scenario = new Scenario() },
                Simulated("StaticPartition", 16, 9, variant: "heavy tail") with { Scenario = heavy },
                Simulated("WhenAll", 16, variant: "constant") with { Scenario = new Scenario() },
                Simulated("WhenAll", 16, 14, variant: "heavy tail") with { Scenario = heavy },
                Simulated("WhenAll", 16, 12, variant: "heavier") with { Scenario = heavy with { } },
            ]);
    }

    public static SuiteResult Session() => new("Session", "What does a new connection for each download cost?", SuiteTopic.Session,
        new Scenario { ConnectLatency = TimeSpan.FromMilliseconds(60) },
        [
            Simulated("WhenAll", 16, variant: "new client each", connect: 65, connections: 160) with { IsBaseline = true },
            Simulated("WhenAll", 16, variant: "shared client"),
            Simulated("WhenAll", 16, variant: "client per worker"),
            Simulated("WhenAll", 16, variant: "factory"),
        ]);

    public static SuiteResult ColdStart() => new("ColdStart", "What does the first run of a process cost, and what cures it?", SuiteTopic.ColdStart, new Scenario(),
        [
            Simulated("ThreadPool", 64, 2.4, cold: true, noise: 0.1), Simulated("ThreadPool", 64, 12),
            Simulated("ThreadPool", 64, 60, variant: "min threads 64", cold: true), Simulated("ThreadPool", 64, 64, variant: "min threads 64"),
            Simulated("WhenAll", 64, 55, cold: true), Simulated("WhenAll", 64),
        ]);

    public static SuiteResult Capacity() => new("Capacity", "What do more workers do to a server that serves 16 at once?", SuiteTopic.Capacity,
        new Scenario { Capacity = 16, Queue = 32 },
        [
            .. ((int[])[1, 2, 4, 8, 12, 16, 20, 32, 48, 64, 128]).Select(count =>
                Simulated("WhenAll", count, Math.Min(count, 16), failed: count > 48 ? (count - 48) * 0.9 : 0) with { FailureReasons = count > 48 ? new Dictionary<string, int> { ["503"] = 8 * (count - 48) } : new Dictionary<string, int>() }),
            Simulated("WhenAllUnbounded", null, 16, failed: 96) with { FailureReasons = new Dictionary<string, int> { ["503"] = 768 } },
        ]);

    public static SuiteResult Faults() => new("Faults", "How many downloads survive 5 % faults?", SuiteTopic.Faults, new Scenario { FaultShare = 0.05 },
        [
            Simulated("Sequential", null, failed: 8), Simulated("WhenAll", 16, failed: 8),
            Simulated("Sequential", null, variant: "retry") with { Attempts = 168.4, IsBaseline = false }, Simulated("WhenAll", 16, variant: "retry") with { Attempts = 168.4 },
        ]);

    public static SuiteResult Scale() => new("Scale", "Do cost and memory of a download stay flat?", SuiteTopic.Scale, new Scenario { Latency = TimeSpan.Zero },
        [
            .. from workers in (int[])[64, 256]
               from downloads in (int[])[1_000, 10_000, 100_000]
               select Simulated("WhenAll", workers, downloads: downloads, service: 3) with { PeakMemory = 61e6 + downloads * 40, Waterfall = [] },
        ]);

    private static StrategyKind KindOf(string strategy) => strategy switch
    {
        "Sequential" => StrategyKind.Sequential,
        "DedicatedThreads" or "ParallelForEach" or "ThreadPool" => StrategyKind.Blocking,
        _ => StrategyKind.Asynchronous,
    };

    // Each request goes to the lane that is free first, as the ideal schedule does.
    private static WaterfallBar[] Schedule(Random random, int downloads, int lanes, double service, int refused)
    {
        var free = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, lanes).Select(lane => (lane, (0.0, lane))));
        return
        [
            .. Enumerable.Range(0, downloads).Select(index =>
            {
                free.TryDequeue(out var lane, out var at);
                var end = at.Item1 + service * (0.99 + 0.02 * random.NextDouble());
                free.Enqueue(lane, (end + 0.1, lane));
                return new WaterfallBar(lane, at.Item1, end, index % 2 == 0 ? Page.Jython : Page.Dice,
                    index < refused ? RequestOutcome.Refused : RequestOutcome.Served);
            }),
        ];
    }

    // Of the process's own hash codes no two runs are alike.
    private static int HashCode(string strategy, int? workers, string? variant) =>
        $"{strategy}{workers}{variant}".Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter));
}

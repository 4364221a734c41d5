using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>Made-up runs, plausible in shape: schedules simulated with a seeded generator, nothing measured.</summary>
internal static class SampleRuns
{
    private const int Rounds = 3;
    private const int Iterations = 6;
    private const double Service = 50.6;

    private static readonly Lazy<RunResult> AllSuites = new(() =>
        CreateRun(Strategies(), Comparison(), Tail(), Session(), ColdStart(), Capacity(), Faults(), Scale()));

    public static RunResult CreateRun(params IReadOnlyList<SuiteResult> suites) => new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TimeSpan.FromSeconds(97),
        "dotnet run -c Release --project benchmarks",
        new Dictionary<string, string>
        {
            ["CPU"] = "Sample CPU (nothing here was measured)",
            ["Cores"] = "2",
            ["OS"] = "Sample OS",
            [".NET"] = "10.0.0",
            ["BenchmarkDotNet"] = "0.15.8",
        },
        suites,
        ["Downloader.Benchmarks.Strategies-report.html", "Downloader.Benchmarks.Strategies-report-github.md"]);

    /// <summary>All suites; simulated once, because some have hundreds of thousands of downloads.</summary>
    public static RunResult Everything() => AllSuites.Value;

    /// <summary>Analyses a run as the program does; a suite of a name that no suite has is read as the main suite.</summary>
    public static RunAnalysis Analyse(RunResult run) => RunAnalysis.Create(run, name => SuiteCatalogue.Find(name) ?? new Strategies());

    /// <summary>The same case with these figures in every iteration.</summary>
    public static CaseResult WithFigures(
        this CaseResult result,
        double? idealMs = null,
        double? meanInFlight = null,
        int? failed = null,
        IReadOnlyDictionary<string, int>? failureReasons = null,
        int? connections = null,
        int? attempts = null,
        long? peakMemoryBytes = null,
        IReadOnlyDictionary<RequestOutcome, int>? outcomes = null,
        double? cpuMs = null,
        long? allocatedBytes = null) => result.WithIterations(iteration => iteration with
        {
            IdealMs = idealMs ?? iteration.IdealMs,
            MeanInFlight = meanInFlight ?? iteration.MeanInFlight,
            Failed = failed ?? iteration.Failed,
            FailureReasons = failureReasons ?? iteration.FailureReasons,
            Connections = connections ?? iteration.Connections,
            Attempts = attempts ?? iteration.Attempts,
            PeakMemoryBytes = peakMemoryBytes ?? iteration.PeakMemoryBytes,
            Outcomes = outcomes ?? iteration.Outcomes,
            CpuMs = cpuMs ?? iteration.CpuMs,
            AllocatedBytes = allocatedBytes ?? iteration.AllocatedBytes,
        });

    /// <summary>The same case with an ideal schedule for each iteration.</summary>
    public static CaseResult WithIdeals(this CaseResult result, params IReadOnlyList<double> ideals)
    {
        var next = 0;
        return result.WithIterations(iteration => iteration with { IdealMs = ideals[next++] });
    }

    /// <summary>The same case with every iteration changed.</summary>
    public static CaseResult WithIterations(this CaseResult result, Func<IterationResult, IterationResult> change) => result with
    {
        Processes = [.. result.Processes.Select(process => process with { Iterations = [.. process.Iterations.Select(change)] })],
    };

    /// <summary>A case of the given makespans alone, measured in one process.</summary>
    public static CaseResult Case(string strategy, int? workers, params IReadOnlyList<double> makespans) => new()
    {
        Strategy = strategy,
        Kind = KindOf(strategy),
        Workers = workers,
        Downloads = 160,
        Processes = makespans.Count == 0
            ? []
            : [new ProcessResult(1, [.. makespans.Select(makespan => new IterationResult { MakespanMs = makespan })])],
        IsBaseline = strategy == "Sequential",
    };

    /// <summary>A case measured in several rounds, a process each, which differ by so much.</summary>
    public static CaseResult Rounded(string strategy, int? workers, double makespanMs, double deviation = 0.002, int rounds = Rounds)
    {
        var random = new Random(HashCode(strategy, workers, $"{makespanMs}"));
        return Case(strategy, workers, makespanMs) with
        {
            Processes = [.. Enumerable.Range(1, rounds).Select(CreateProcess)],
        };

        ProcessResult CreateProcess(int round)
        {
            var process = makespanMs * Math.Exp(Normal.Sample(random, 0, deviation));
            return new ProcessResult(round, [.. ((double[])[1.001, 0.998, 1, 1.002, 0.999, 1]).Select(factor =>
                new IterationResult { MakespanMs = process * factor })]);
        }
    }

    /// <summary>The same case, its first round alone.</summary>
    public static CaseResult InOneRound(this CaseResult result) => result with { Processes = [.. result.Processes.Take(1)] };

    /// <summary>A simulated case: so many effective lanes of those allowed, the ideal for those allowed.</summary>
    public static CaseResult Simulated(string strategy, int? workers, double? lanes = null, string? variant = null, int downloads = 160,
        double noise = 0.004, double service = Service, double failed = 0, double connect = 0, int? connections = null, bool cold = false,
            int retries = 0, long? peakMemoryBytes = null)
    {
        var random = new Random(HashCode(strategy, workers, variant));
        var allowed = KindOf(strategy) == StrategyKind.Sequential ? 1 : workers ?? downloads;
        var used = (int)Math.Max(1, Math.Floor(Math.Min(lanes ?? allowed, downloads)));
        var bars = Schedule(random, downloads, used, service + connect, (int)Math.Round(failed));
        var end = bars.Max(bar => bar.EndMs);
        var ideal = Schedule(random, downloads, Math.Min(allowed, downloads), service + connect, 0).Max(bar => bar.EndMs);
        return new CaseResult
        {
            Strategy = strategy,
            Kind = KindOf(strategy),
            Variant = variant,
            Workers = workers,
            Downloads = downloads,
            IsBaseline = strategy == "Sequential",
            IsCold = cold,
            IsAudited = true,
            Processes = [.. Enumerable.Range(1, Rounds).Select(CreateProcess)],
            Waterfall = bars,
        };

        ProcessResult CreateProcess(int round)
        {
            // Processes differ by about a hundredth; a round moves all cases alike.
            var process = end * (1 + (0.002 * round) + (0.01 * (random.NextDouble() + random.NextDouble() - 1)));
            return new ProcessResult(round, [.. Enumerable.Range(0, Iterations).Select(index => new IterationResult
            {
                MakespanMs = process * (1.013 + noise * random.NextDouble()),
                IdealMs = Math.Min(ideal, end),
                ServiceTimeMs = service,
                LatencyMs = service,
                ServerDelayMs = 0.2,
                MeanInFlight = bars.Sum(bar => bar.EndMs - bar.StartMs) / end,
                PeakInFlight = used,
                Connections = connections ?? used,
                Attempts = downloads + (index < 2 ? retries : 0),
                Failed = (int)Math.Round(failed),
                FailureReasons = failed > 0
                    ? new Dictionary<string, int> { ["503"] = (int)Math.Round(failed) }
                    : new Dictionary<string, int>(),
                AllocatedBytes = downloads * (KindOf(strategy) == StrategyKind.Asynchronous ? 2_870 : 4_310),
                CpuMs = 0.11 * downloads,
                PeakMemoryBytes = peakMemoryBytes,
                Outcomes = failed > 0
                    ? new Dictionary<RequestOutcome, int>
                    {
                        [RequestOutcome.Served] = downloads - (int)Math.Round(failed),
                        [RequestOutcome.Refused] = (int)Math.Round(failed),
                    }
                    : new Dictionary<RequestOutcome, int> { [RequestOutcome.Served] = downloads },
            })])
            {
                FirstMs = process * 1.4,
            };
        }
    }

    public static SuiteResult Strategies()
    {
        int[] workers = [1, 5, 16, 64];
        List<CaseResult> rows = [Simulated("Sequential", null)];
        foreach (var strategy in (string[])["DedicatedThreads", "ParallelForEach", "ThreadPool", "Channel", "Dataflow",
            "ParallelForEachAsync", "WhenAll"])
        {
            rows.AddRange(workers.Where(count => count > 1).Select(count => strategy switch
            {
                "ParallelForEach" when count > 5 => Simulated(strategy, count, count == 16 ? 7 : 9, noise: 0.2),
                "ThreadPool" when count > 5 => Simulated(strategy, count, 6, noise: 0.3),
                _ => Simulated(strategy, count),
            }));
        }

        rows.Add(Simulated("WhenAllUnbounded", null));
        return new SuiteResult("Strategies", "Which concurrency pattern, and how many workers?", new Scenario(), rows);
    }

    public static SuiteResult Comparison() => new("Article", "Do the article's three runs come out alike in C#?",
        new Scenario { ConnectLatency = TimeSpan.FromMilliseconds(60) },
        [
            Simulated("Sequential", null, variant: "no session", connect: 65, connections: 160) with { PublishedMs = 19_000,
                IsBaseline = false },
            Simulated("Sequential", null, variant: "one session", connections: 1) with { PublishedMs = 9_000 },
            Simulated("DedicatedThreads", 5, variant: "a session each", connections: 5) with { PublishedMs = 3_000 },
            Simulated("WhenAll", 5, variant: "one session", connections: 5),
            Simulated("Channel", 5, variant: "one session", connections: 5),
        ]);

    /// <summary>Two scenarios, of which the second is that of two variants.</summary>
    public static SuiteResult Tail()
    {
        var heavy = new Scenario { Latency = TimeSpan.FromMilliseconds(25), LatencyP99 = TimeSpan.FromMilliseconds(387) };
        return new SuiteResult("Tail", "What does a heavy tail cost?", new Scenario(),
            [
                Simulated("StaticPartition", 16, variant: "constant") with { Scenario = new Scenario() },
                Simulated("StaticPartition", 16, 9, variant: "heavy tail") with { Scenario = heavy },
                Simulated("WhenAll", 16, variant: "constant") with { Scenario = new Scenario() },
                Simulated("WhenAll", 16, 14, variant: "heavy tail") with { Scenario = heavy },
                Simulated("WhenAll", 16, 12, variant: "heavier") with { Scenario = heavy with { } },
            ]);
    }

    public static SuiteResult Session() => new("Session", "What does a new connection for each download cost?",
        new Scenario { ConnectLatency = TimeSpan.FromMilliseconds(60) },
        [
            Simulated("WhenAll", 16, variant: "new client each", connect: 65, connections: 160) with { IsBaseline = true },
            Simulated("WhenAll", 16, variant: "shared client"),
            Simulated("WhenAll", 16, variant: "client per worker"),
            Simulated("WhenAll", 16, variant: "factory"),
        ]);

    public static SuiteResult ColdStart() =>
        new("ColdStart", "What does the first run of a process cost, and what cures it?", new Scenario(),
        [
            Simulated("ThreadPool", 64, 2.4, cold: true, noise: 0.1), Simulated("ThreadPool", 64, 12),
            Simulated("ThreadPool", 64, 60, variant: "min threads 64", cold: true),
                Simulated("ThreadPool", 64, 64, variant: "min threads 64"),
            Simulated("WhenAll", 64, 55, cold: true), Simulated("WhenAll", 64),
        ]);

    public static SuiteResult Capacity() => new("Capacity", "What do more workers do to a server that serves 16 at once?",
        new Scenario { Capacity = 16, Queue = 32 },
        [
            .. ((int[])[1, 2, 4, 8, 12, 16, 20, 32, 48, 64, 128]).Select(count =>
                Simulated("WhenAll", count, Math.Min(count, 16), failed: count > 48 ? (count - 48) * 0.9 : 0)),
            Simulated("WhenAllUnbounded", null, 16, failed: 96),
        ]);

    public static SuiteResult Faults() => new("Faults", "How many downloads survive 5 % faults?", new Scenario { FaultShare = 0.05 },
        [
            Simulated("Sequential", null, failed: 8), Simulated("WhenAll", 16, failed: 8),
            Simulated("Sequential", null, variant: "retry", retries: 34) with { IsBaseline = false },
                Simulated("WhenAll", 16, variant: "retry", retries: 34),
        ]);

    public static SuiteResult Scale() =>
        new("Scale", "Do cost and memory of a download stay flat?", new Scenario { Latency = TimeSpan.Zero },
        [
            .. from workers in (int[])[64, 256]
               from downloads in (int[])[1_000, 10_000, 100_000]
               select Simulated("WhenAll", workers, downloads: downloads, service: 3, peakMemoryBytes: 61_000_000
                   + downloads * 40) with { Page = Page.Dice, Waterfall = [] },
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

    // The hash codes of strings differ from process to process.
    private static int HashCode(string strategy, int? workers, string? variant) =>
        $"{strategy}{workers}{variant}".Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter));
}

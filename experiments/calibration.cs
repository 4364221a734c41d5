#:project ../benchmarks/Downloader.Benchmarks.csproj
#:property PublishAot=false

// Calibrates the mock server under known scenarios, and checks what was found and predicted:
//   dotnet run -c Release experiments/calibration.cs -- LANES [NAME]
// LANES scenarios are measured at a time. NAME, a part of a scenario's name, measures those alone.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Downloader;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Probing;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

const int Downloads = 500;
const int MaxWorkers = 32;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var lanesText, .. var names] || !int.TryParse(lanesText, out var lanes) || lanes < 1)
{
    Console.Error.WriteLine("Expected LANES [NAME].");
    return 2;
}

var cases = Cases.All.Where(one => names.Length == 0 || one.Name.Contains(names[0], StringComparison.Ordinal)).ToArray();
// The JIT compiles what all of them use.
using (var process = MockServerProcess.Start())
{
    foreach (var one in Cases.All.Where(one => one.Name.StartsWith("constant 30 ms, capacity 6", StringComparison.Ordinal)))
        await Measure(one, process);
}

var outcomes = new ConcurrentDictionary<Case, Outcome>();
await Task.WhenAll(Partitioner.Create(cases, EnumerablePartitionerOptions.NoBuffering).GetPartitions(lanes).Select(RunLane));

Console.WriteLine($"{cases.Length} scenarios of the mock server, calibrated with seed 1 and checked with seed 2: {Downloads} downloads "
    + "with half, once and twice the workers of the limit (8, 16 and 32 where there is none), by WorkerLoops with retries.\n");
Console.WriteLine("CV is the coefficient of variation of a download's time. It contains the wait of about a second before a failed one "
    + "is tried again.\n");
Console.WriteLine("| scenario | CV | requests (refused) | seconds | found | predicted against measured | in 90 % interval | recommended | "
    + "against best |");
Console.WriteLine("|---|--:|--:|--:|---|---|---|--:|--:|");
foreach (var one in cases.Where(outcomes.ContainsKey)) Console.WriteLine(outcomes[one].Row);
Console.WriteLine();
foreach (var one in cases.Where(one => !outcomes.ContainsKey(one))) Console.WriteLine($"- {one.Name}: the calibration failed.");
ShowSpread();
Summarize();
return 0;

async Task RunLane(IEnumerator<Case> lane)
{
    // One server for all: its start takes two seconds of processor time, which the other lanes would see.
    using (lane)
    using (var process = MockServerProcess.Start())
    {
        while (lane.MoveNext())
        {
            try
            {
                outcomes[lane.Current] = await Measure(lane.Current, process);
                Console.Error.WriteLine(outcomes[lane.Current].Row);
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"{lane.Current.Name}: {e}");
            }
        }
    }
}

async Task<Outcome> Measure(Case one, MockServerProcess process)
{
    using var control = new MockServerClient(process.Address);
    var endpoints = control.GetEndpoints();
    var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(endpoints.Certificate));
    var server = endpoints.For(one.Scenario.Protocol);
    Uri[] pages = [new(server, "/jython"), new(server, "/dice")];
    control.SetScenario(one.Scenario with { Seed = 1 });
    control.BeginIteration();

    var options = new ProbeOptions(ProbeTarget.Parse([.. pages.Select(page => page.AbsoluteUri)]))
    {
        MaxWorkers = MaxWorkers,
        UsesHttp2 = one.Scenario.Protocol == WireProtocol.Http2,
        TrustedCertificates = [certificate],
    };
    var started = Stopwatch.GetTimestamp();
    var sent = new SentRequests();
    var observations = await new Prober(options, sent).RunAsync(CancellationToken.None);
    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    var fit = ServerFitter.Fit(observations);
    var recommendation = WorkerRecommender.Recommend(fit, Downloads);

    var checks = new List<Check>();
    foreach (var workers in one.CheckedWorkers.Append(recommendation.Workers).Distinct())
    {
        control.SetScenario(one.Scenario with { Seed = 2 });
        control.BeginIteration();
        var prediction = MakespanPredictor.Predict(fit, workers, Downloads);
        checks.Add(new Check(prediction, await Download(one, pages, workers, recommendation.RatePerSecond, certificate)));
    }

    var repeated = new List<double>();
    // How much of a run is chance: the same downloads, with which requests fail as the only difference.
    for (var seed = 2; one.Scenario.FaultShare > 0 && seed <= 6; seed++)
    {
        control.SetScenario(one.Scenario with { Seed = seed });
        control.BeginIteration();
        repeated.Add(await Download(one, pages, one.CheckedWorkers[1], recommendation.RatePerSecond, certificate));
    }

    return new Outcome(one, observations, seconds, fit, recommendation, checks) { Sent = sent.Count, RepeatedMs = repeated };
}

static async Task<double> Download(Case one, Uri[] pages, int workers, double? rate, X509Certificate2 certificate)
{
    using var clients = new SharedClientSource(new DownloaderOptions
    {
        HttpVersion = one.Scenario.Protocol == WireProtocol.Http2 ? new Version(2, 0) : new Version(1, 1),
        Resilience = DownloadResilience.Create(new DownloadResilienceOptions { MaxRetryAttempts = 10 }),
        RateLimit = rate,
        ConfigureHandler = handler =>
        {
            handler.UseProxy = false;
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        },
    });
    Uri[] uris = [.. Enumerable.Range(0, Downloads).Select(index => pages[index % pages.Length])];
    var started = Stopwatch.GetTimestamp();
    var results = await StrategyCatalogue.Find("WorkerLoops")!.RunAsync(new DownloadRequest(uris, workers, clients));
    var makespan = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    var failed = results.Count(result => !result.Succeeded);
    if (failed > 0) Console.Error.WriteLine($"{one.Name}: {failed} of {Downloads} failed with {workers} workers.");
    return makespan;
}

void ShowSpread()
{
    foreach (var outcome in cases.Where(outcomes.ContainsKey).Select(one => outcomes[one]).Where(outcome => outcome.RepeatedMs.Count > 0))
    {
        Console.WriteLine($"- {outcome.Case.Name}: {Downloads} downloads with {outcome.Case.CheckedWorkers[1]} workers and five seeds took "
            + $"{string.Join(", ", outcome.RepeatedMs.Order().Select(makespan => $"{makespan / 1000:0.00}"))} s.");
    }

    Console.WriteLine();
}

void Summarize()
{
    var all = cases.Where(outcomes.ContainsKey).Select(one => outcomes[one]).ToArray();
    Share("Mechanism named right", all, outcome => outcome.Fit.Mechanism == outcome.Case.Mechanism);
    Share("Capacity within 10 %", all.Where(outcome => outcome.Case.Scenario.Capacity is not null),
        outcome => IsWithin(outcome.Fit.Capacity?.Value, outcome.Case.Scenario.Capacity!.Value, 0.10));
    Share("Rate within 5 %", all.Where(outcome => outcome.Case.Scenario.RateLimit is not null),
        outcome => IsWithin(outcome.Fit.RateLimitPerSecond?.Value, outcome.Case.Scenario.RateLimit!.Value, 0.05));
    Share("Connection cost within 3 ms or 5 %", all.Where(outcome => outcome.Case.Scenario.ConnectLatency > TimeSpan.Zero),
        outcome => outcome.Fit.ConnectLatencyMs is { } cost
            && Math.Abs(cost.Value - outcome.ConnectMs) <= Math.Max(3, 0.05 * outcome.ConnectMs));
    Share("Makespans within 5 %, scenarios with a CV up to 0.4", all.Where(outcome => outcome.Case.Variation <= 0.4),
        outcome => outcome.IsWithinFivePercent);
    Share("Makespans in their 90 % interval, scenarios with a CV above 0.4",
        all.Where(outcome => outcome.Case.Variation > 0.4).SelectMany(outcome => outcome.KneeChecks), check => check.IsWithin);
    Share("Makespans in their 90 % interval, all scenarios", all.SelectMany(outcome => outcome.KneeChecks), check => check.IsWithin);
    Share("Recommended workers within 5 % of the best of those measured", all, outcome => outcome.AgainstBest <= 1.05);
    Share("At most 300 requests", all, outcome => outcome.Sent <= 300);
    Share("At most 60 s, waits that the server asked for included", all, outcome => outcome.Seconds <= 60);
    Share("Refused at most 5 % of the requests", all, outcome => outcome.Refused <= 0.05 * outcome.Observations.Requests.Count);
    Console.WriteLine();
}

static void Share<T>(string what, IEnumerable<T> items, Func<T, bool> holds)
{
    var list = items.ToList();
    if (list.Count == 0) return;
    var count = list.Count(holds);
    Console.WriteLine($"- {what}: {count} of {list.Count}, {100.0 * count / list.Count:0.0} %.");
}

static bool IsWithin(double? found, double truth, double share) =>
    found is { } value && Math.Abs(value - truth) <= (share * truth) + 1e-9;

internal sealed record Case(string Name, Scenario Scenario)
{
    private static readonly int[] WithoutLimit = [8, 16, 32];

    public Mechanism Mechanism => Scenario switch
    {
        { RateLimit: not null } => Mechanism.Rate,
        { Capacity: not null, Queue: 0 } => Mechanism.Refusal,
        { Capacity: not null } => Mechanism.Queue,
        _ => Mechanism.None,
    };

    /// <summary>Mean and standard deviation of the latency, from its quantiles.</summary>
    public (double Mean, double Deviation) Latency { get; } = GetMoments(Scenario);

    /// <summary>The coefficient of variation of a download's time: of the latency, and of the wait where a first try fails. Further tries
    /// are left out; they only make it larger.</summary>
    public double Variation { get; } = GetVariation(Scenario);

    public IReadOnlyList<int> CheckedWorkers
    {
        get
        {
            if (Mechanism == Mechanism.None) return WithoutLimit;
            var limit = Scenario.Capacity ?? (Scenario.RateLimit!.Value * Latency.Mean / 1000);
            return [.. new[] { limit / 2, limit, 2 * limit }.Select(workers => Math.Max(1, (int)Math.Round(workers))).Distinct()];
        }
    }

    private static (double Mean, double Deviation) GetMoments(Scenario scenario)
    {
        const int Points = 10_000;
        var plan = new double[Points];
        for (var i = 0; i < Points; i++) plan[i] = Quantile(scenario, (i + 0.5) / Points);
        var mean = plan.Average();
        return (mean, Math.Sqrt(plan.Average(value => (value - mean) * (value - mean))));
    }

    private static double GetVariation(Scenario scenario)
    {
        var (latency, deviation) = GetMoments(scenario);
        var share = scenario.FaultShare;
        var waits = Enumerable.Range(0, 1000).Select(index => default(RetryDelay).NextMs((index + 0.5) / 1000)).ToList();
        var mean = latency + (share * waits.Average());
        var square = share * waits.Average(wait => wait * wait);
        var variance = (deviation * deviation) + square - Math.Pow(share * waits.Average(), 2);
        return Math.Sqrt(variance) / mean;
    }

    private static double Quantile(Scenario scenario, double share)
    {
        if (scenario.LatencyQuantiles is { } table) return table.At(share).TotalMilliseconds;
        var median = scenario.Latency.TotalMilliseconds;
        if (scenario.LatencyP99 is not { } p99) return median + (scenario.LatencyJitter.TotalMilliseconds * ((2 * share) - 1));
        var sigma = Math.Log(p99.TotalMilliseconds / median) / 2.3263478740408408;
        return median * Math.Exp(sigma * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, share));
    }
}

internal sealed record Check(Prediction Prediction, double MeasuredMs)
{
    public double Error => (Prediction.MakespanMs / MeasuredMs) - 1;

    public bool IsWithin => MeasuredMs >= Prediction.LowMs && MeasuredMs <= Prediction.HighMs;
}

internal sealed record Outcome(
    Case Case, Observations Observations, double Seconds, ServerFit Fit, WorkerRecommendation Recommendation, IReadOnlyList<Check> Checks)
{
    /// <summary>How many requests were sent, robots.txt included.</summary>
    public required int Sent { get; init; }

    /// <summary>Makespans of equal runs that differ in their seed, in milliseconds; empty where no request fails.</summary>
    public IReadOnlyList<double> RepeatedMs { get; init; } = [];

    public int Refused => Observations.Requests.Count(request => request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited);

    public IEnumerable<Check> KneeChecks => Checks.Where(check => Case.CheckedWorkers.Contains(check.Prediction.Workers));

    public bool IsWithinFivePercent => KneeChecks.All(check => Math.Abs(check.Error) <= 0.05);

    /// <summary>Over TLS the handshake waits for the delayed connection too.</summary>
    public double ConnectMs => Case.Scenario.ConnectLatency.TotalMilliseconds;

    public double AgainstBest =>
        Checks.First(check => check.Prediction.Workers == Recommendation.Workers).MeasuredMs / Checks.Min(check => check.MeasuredMs);

    public string Row
    {
        get
        {
            var errors = string.Join(" / ", KneeChecks.Select(check => $"{100 * check.Error:+0.0;−0.0;0.0} %"));
            var within = string.Join(" / ", KneeChecks.Select(check => check.IsWithin ? "yes" : "no"));
            var pace = Recommendation.RatePerSecond is { } rate ? $" at {rate:0.#}/s" : "";
            var requests = $"{Sent} ({Refused})";
            return $"| {Case.Name} | {Case.Variation:0.00} | {requests} | {Seconds:0.0} | {Found} | {errors} | {within} | "
                + $"{Recommendation.Workers}{pace} | {AgainstBest:0.00} |";
        }
    }

    private string Found
    {
        get
        {
            List<string> parts = [Fit.Mechanism.ToString().ToLowerInvariant()];
            if (Fit.Capacity is { } capacity) parts.Add($"capacity {capacity.Value:0.#}");
            if (Fit.Queue is { } queue) parts.Add(Fit.QueueIsLowerBound ? $"queue {queue} or more" : $"queue {queue}");
            if (Fit.RateLimitPerSecond is { } rate) parts.Add($"{rate.Value:0.#}/s");
            if (Fit.RateBurst is { } burst) parts.Add($"burst {burst}");
            if (Case.Scenario.ConnectLatency > TimeSpan.Zero) parts.Add($"connection {Fit.ConnectLatencyMs?.Value:0.0} ms");
            if (Case.Scenario.FaultShare > 0) parts.Add($"errors {100 * Fit.FaultShare.Value:0.0} %");
            return string.Join(", ", parts);
        }
    }
}

internal sealed class SentRequests : IProgress<ProbeProgress>
{
    public int Count { get; private set; }

    public void Report(ProbeProgress value) => Count = value.Requests;
}

internal static class Cases
{
    private static readonly (string Name, Scenario Scenario)[] Shapes =
    [
        ("constant 30 ms", Constant(30)),
        ("jitter 40 ± 20 ms", Constant(40) with { LatencyJitter = Milliseconds(20) }),
        ("log-normal 40 / 100 ms", Constant(40) with { LatencyP99 = Milliseconds(100) }),
        ("two modes 20 and 70 ms", TwoModes()),
    ];

    public static IReadOnlyList<Case> All { get; } =
    [
        .. Shapes.Select(shape => new Case(shape.Name, shape.Scenario)),
        new("constant 5 ms", Constant(5)),
        new("constant 150 ms", Constant(150)),
        new("jitter 100 ± 30 ms", Constant(100) with { LatencyJitter = Milliseconds(30) }),
        new("heavy tail 40 / 400 ms", Constant(40) with { LatencyP99 = Milliseconds(400) }),
        .. from capacity in (int[])[3, 6, 10, 16]
           from shape in Shapes
           select new Case($"{shape.Name}, capacity {capacity}, queue", shape.Scenario with { Capacity = capacity }),
        new("constant 80 ms, capacity 24, queue", Constant(80) with { Capacity = 24 }),
        new("jitter 80 ± 24 ms, capacity 8, queue of 8", Constant(80) with { LatencyJitter = Milliseconds(24), Capacity = 8, Queue = 8 }),
        new("constant 50 ms, capacity 5, queue of 20", Constant(50) with { Capacity = 5, Queue = 20 }),
        new("heavy tail 40 / 400 ms, capacity 8, queue", Constant(40) with { LatencyP99 = Milliseconds(400), Capacity = 8 }),
        .. from capacity in (int[])[4, 9, 20]
           from shape in Shapes
           select new Case($"{shape.Name}, capacity {capacity}, no queue", shape.Scenario with { Capacity = capacity, Queue = 0 }),
        new("constant 40 ms, 45 a second", Constant(40) with { RateLimit = 45 }),
        new("constant 20 ms, 80 a second", Constant(20) with { RateLimit = 80 }),
        new("jitter 40 ± 20 ms, 60 a second", Constant(40) with { LatencyJitter = Milliseconds(20), RateLimit = 60 }),
        new("jitter 100 ± 30 ms, 40 a second", Constant(100) with { LatencyJitter = Milliseconds(30), RateLimit = 40 }),
        new("log-normal 40 / 100 ms, 70 a second", Constant(40) with { LatencyP99 = Milliseconds(100), RateLimit = 70 }),
        new("two modes 20 and 70 ms, 100 a second", TwoModes() with { RateLimit = 100 }),
        new("constant 40 ms, 40 a second, burst 10", Constant(40) with { RateLimit = 40, RateBurst = 10 }),
        new("constant 20 ms, 60 a second, burst 30", Constant(20) with { RateLimit = 60, RateBurst = 30 }),
        new("jitter 40 ± 20 ms, 50 a second, burst 5",
            Constant(40) with { LatencyJitter = Milliseconds(20), RateLimit = 50, RateBurst = 5 }),
        new("log-normal 40 / 100 ms, 45 a second, burst 20",
            Constant(40) with { LatencyP99 = Milliseconds(100), RateLimit = 45, RateBurst = 20 }),
        new("two modes 20 and 70 ms, 80 a second, burst 40", TwoModes() with { RateLimit = 80, RateBurst = 40 }),
        .. from cost in (int[])[20, 60, 150]
           from shape in Shapes.Take(2)
           select new Case($"{shape.Name}, connection {cost} ms", shape.Scenario with { ConnectLatency = Milliseconds(cost) }),
        new("constant 30 ms, capacity 8, queue, connection 60 ms", Constant(30) with { Capacity = 8, ConnectLatency = Milliseconds(60) }),
        new("constant 30 ms, 2 % errors", Constant(30) with { FaultShare = 0.02 }),
        new("jitter 40 ± 20 ms, 5 % errors", Constant(40) with { LatencyJitter = Milliseconds(20), FaultShare = 0.05 }),
        new("constant 30 ms, capacity 8, queue, 3 % errors", Constant(30) with { Capacity = 8, FaultShare = 0.03 }),
        .. from protocol in (WireProtocol[])[WireProtocol.Http2, WireProtocol.Https]
           from scenario in (Scenario[])[Constant(30), Constant(30) with { Capacity = 6 }, Constant(40) with { RateLimit = 50 }]
           select new Case($"{ScenarioName(scenario)}, {protocol}", scenario with { Protocol = protocol }),
    ];

    private static Scenario Constant(int milliseconds) => new() { Latency = Milliseconds(milliseconds) };

    private static Scenario TwoModes() => new()
    {
        LatencyQuantiles = new LatencyQuantiles(Enumerable.Range(0, 101)
            .Select(index => Milliseconds(index < 70 ? 18 + (index * 0.06) : 65 + ((index - 70) * 0.3)))),
    };

    private static string ScenarioName(Scenario scenario) => scenario switch
    {
        { Capacity: not null } => "constant 30 ms, capacity 6, queue",
        { RateLimit: not null } => "constant 40 ms, 50 a second",
        _ => "constant 30 ms",
    };

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

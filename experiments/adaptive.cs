#:project ../benchmarks/Downloader.Benchmarks.csproj
#:property PublishAot=false

// Adaptive against the mock server, beside WorkerLoops with a fixed number of workers. Each run has clients of its own, so that it opens
// its connections; the runs of a row alternate, so that drift of the machine meets both alike:
//   dotnet run -c Release experiments/adaptive.cs -- SERVER.dll ROUNDS
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Downloader;
using Downloader.MockServer.Client;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var serverPath, var roundsText] || !int.TryParse(roundsText, out var rounds) || rounds < 1)
{
    Console.Error.WriteLine("Expected SERVER.dll ROUNDS.");
    return 2;
}

const int Ceiling = 64;
(string Name, string Options)[] servers =
[
    ("20 ms", "--latency 20"),
    ("40 ms", "--latency 40"),
    ("20 ms, serves 16, lets 64 wait", "--latency 20 --capacity 16 --queue 64"),
    ("20 ms, and 20 ms a connection", "--latency 20 --connect-latency 20"),
    ("median 10 ms, 99th percentile 155 ms", "--latency 10 --latency-p99 155"),
    ("20 ms, HTTP/2", "--latency 20 --protocol http2"),
    ("20 ms, HTTPS", "--latency 20 --protocol https"),
    ("20 ms, HTTPS, and 20 ms a connection", "--latency 20 --connect-latency 20 --protocol https"),
];
var arguments = new ProcessStartInfo("dotnet", ["exec", serverPath, "--port", "0", "--end-with-input"])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
};
using var process = Process.Start(arguments)!;
try
{
    using var control = new MockServerClient(new Uri(process.StandardOutput.ReadLine()!.Split(' ')[^1]));
    var endpoints = control.GetEndpoints();
    var adaptive = new AdaptiveStrategy();
    var workerLoops = new WorkerLoopsStrategy();
    await WriteMakespans();
    await WriteProcessorTime();
    await WriteWorkedExample();
    return 0;

    async Task WriteMakespans()
    {
        Console.WriteLine($"## Against the mock server\n\nMilliseconds, median of {rounds} runs, beside {Ceiling} WorkerLoops.\n");
        Console.WriteLine("| server | 160 downloads | 1,000 downloads |\n|---|--:|--:|");
        foreach (var (name, options) in servers)
        {
            var few = await Compare(options, 160);
            var many = await Compare(options, 1000);
            Console.WriteLine($"| {name} | {Text(few)} | {Text(many)} |");
        }

        Console.WriteLine();

        static string Text((double Adaptive, double Fixed) pair) => $"{pair.Adaptive:N0} ({pair.Fixed:N0})";
    }

    async Task<(double Adaptive, double Fixed)> Compare(string options, int downloads)
    {
        await Run(adaptive, options, downloads);
        await Run(workerLoops, options, downloads);
        List<Measured> ours = [], others = [];
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0) ours.Add(await Run(adaptive, options, downloads));
            others.Add(await Run(workerLoops, options, downloads));
            if (round % 2 != 0) ours.Add(await Run(adaptive, options, downloads));
        }

        var failed = ours.Concat(others).Sum(one => one.Failed);
        if (failed > 0) throw new InvalidOperationException($"{failed} downloads failed.");
        return (Median(ours.Select(one => one.Milliseconds)), Median(others.Select(one => one.Milliseconds)));
    }

    async Task WriteProcessorTime()
    {
        const int Downloads = 15_000;
        const string Options = "--latency 0";
        // Until the JIT has compiled for good what both need.
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            await Run(adaptive, Options, Downloads, logs: false);
            await Run(workerLoops, Options, Downloads, logs: false);
        }

        List<double> ratios = [], ours = [], others = [];
        for (var round = 0; round < rounds; round++)
        {
            var first = round % 2 == 0 ? await Run(adaptive, Options, Downloads, logs: false) : null;
            var other = await Run(workerLoops, Options, Downloads, logs: false);
            var own = first ?? await Run(adaptive, Options, Downloads, logs: false);
            ratios.Add(own.ProcessorMs / other.ProcessorMs);
            ours.Add(own.ProcessorMs / Downloads);
            others.Add(other.ProcessorMs / Downloads);
        }

        Console.WriteLine($"Processor time of a download at zero latency, {Ceiling} in flight, {rounds} pairs of {Downloads:N0} downloads: "
            + $"{1000 * Median(ours):0.0} µs, of WorkerLoops {1000 * Median(others):0.0} µs; the ratio of a pair is {Median(ratios):0.00} "
            + $"({ratios.Min():0.00} to {ratios.Max():0.00}).\n");
    }

    async Task WriteWorkedExample()
    {
        const int Downloads = 400;
        Console.WriteLine("## The worked example\n");
        Console.WriteLine($"{Downloads} calls, --latency 80 --latency-p99 600 --rate-limit 40, seeds 1 to 3: 10 s at the rate.\n");
        Console.WriteLine("| client | seconds | requests | failed |\n|---|--:|--:|--:|");
        await WriteRow("Adaptive", adaptive, Ceiling, rate: null);
        await WriteRow("16 WorkerLoops, 38 per second", workerLoops, 16, rate: 38);
        await WriteRow("16 WorkerLoops, 37 per second", workerLoops, 16, rate: 37);
        Console.WriteLine();

        async Task WriteRow(string name, DownloadStrategy strategy, int workers, double? rate)
        {
            List<Measured> runs = [];
            for (var seed = 1; seed <= 3; seed++)
            {
                var options = $"--latency 80 --latency-p99 600 --rate-limit 40 --seed {seed}";
                runs.Add(await Run(strategy, options, Downloads, workers: workers, rate: rate));
            }

            var seconds = runs.Select(run => run.Milliseconds / 1000).Order().ToArray();
            var attempts = runs.Select(run => run.Attempts).Order().ToArray();
            var failed = runs.Sum(run => run.Failed);
            Console.WriteLine($"| {name} | {seconds[0]:0.0} to {seconds[^1]:0.0} | {attempts[0]} to {attempts[^1]} | {failed} |");
        }
    }

    async Task<Measured> Run(
        DownloadStrategy strategy, string options, int downloads, bool logs = true, int workers = Ceiling, double? rate = null)
    {
        var scenario = ScenarioOptions.Parse(options.Split(' '), new Scenario());
        control.SetScenario(scenario);
        if (logs) control.ResetAudit();
        else control.StopAudit();
        control.BeginIteration();
        var server = endpoints.For(scenario.Protocol);
        Uri[] pages = [new(server, "/jython"), new(server, "/dice")];
        using var clients = new SharedClientSource(CreateOptions(scenario, rate));
        var request = new DownloadRequest([.. Enumerable.Range(0, downloads).Select(index => pages[index % 2])], workers, clients);
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var results = await strategy.RunAsync(request);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        control.EndIteration();
        var attempts = logs ? control.ReadAudit().Requests.Count : downloads;
        return new Measured(milliseconds, processor.TotalMilliseconds, attempts, results.Count(result => !result.Succeeded));
    }

    DownloaderOptions CreateOptions(Scenario scenario, double? rate) => new()
    {
        HttpVersion = scenario.Protocol == WireProtocol.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        RateLimit = rate,
        Resilience = DownloadResilience.Create(new DownloadResilienceOptions { MaxRetryAttempts = 10, Delay = 2 * scenario.Latency }),
        ConfigureHandler = handler =>
        {
            handler.UseProxy = false;
            if (scenario.Protocol != WireProtocol.Https) return;
            // The certificate that the server made at its start, and no other.
            var trusted = Convert.FromBase64String(endpoints.Certificate);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is X509Certificate2 shown && shown.RawDataMemory.Span.SequenceEqual(trusted);
        },
    };
}
finally
{
    process.StandardInput.Close();
    process.WaitForExit();
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

internal sealed record Measured(double Milliseconds, double ProcessorMs, int Attempts, int Failed);

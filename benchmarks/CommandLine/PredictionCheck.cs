using System.Diagnostics;
using System.Net;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Probing;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>calibrate --check</c>: downloads from the server, and holds the time against the prediction.</summary>
internal sealed class PredictionCheck
{
    private const int WarmUpDownloads = 60;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ScenarioFile _file;
    private readonly ServerFit _fit;

    /// <param name="path">The file with the scenario.</param>
    /// <param name="options">Where to download from.</param>
    public PredictionCheck(string path, ProbeOptions options)
    {
        _file = ScenarioFile.Read(path);
        Options = options with { UsesHttp2 = options.UsesHttp2 || _file.Scenario.Protocol == WireProtocol.Http2 };
        _fit = ServerFit.FromScenario(_file.Scenario, _file.Calibration?.Requests);
    }

    /// <summary>Where to download from.</summary>
    public ProbeOptions Options { get; }

    /// <summary>How many downloads.</summary>
    public required int Downloads { get; init; }

    /// <summary>With how many workers; null for the recommended number.</summary>
    public int? Workers { get; init; }

    /// <summary>The prediction of the file; null where it has none of so many workers and downloads.</summary>
    private PredictedMakespan? Calibrated => _file.Calibration?.Predictions
        .FirstOrDefault(prediction => prediction.Workers == UsedWorkers && prediction.Downloads == Downloads);

    private int UsedWorkers => Workers ?? _file.Calibration?.RecommendedWorkers ?? WorkerRecommender.Recommend(_fit, Downloads).Workers;

    /// <summary>What will be sent.</summary>
    public string Describe() =>
        $"{Downloads} requests from {UsedWorkers} workers, up to {RecommendedUse.Retries} retries of each that fails, "
        + "and one for robots.txt";

    /// <summary>Downloads, and prints the outcome.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        var rate = _file.Calibration?.RecommendedRatePerSecond ?? WorkerRecommender.Recommend(_fit, Downloads).RatePerSecond;
        var pace = rate is null ? "" : FormattableString.Invariant($", at most {rate:0.###} per second");
        if (_file.Calibration is { } calibration && calibration.Source != Options.Target.Source)
            Console.WriteLine($"The file was learnt from {PrintableText.Escape(calibration.Source)}, and not from this server.");
        Console.WriteLine($"Checking {Options.Target.PrintableOrigin} with {Describe()}{pace}.");
        using var interrupt = new CtrlCHandler();
        try
        {
            await Prober.EnsureAllowedAsync(Options, rate, interrupt.Token);
            await LoopbackWarmUp.RunAsync(url =>
                DownloadAsync(new DownloaderOptions(), [.. Enumerable.Repeat(url, WarmUpDownloads)], interrupt.Token));
            var uris = Enumerable.Range(0, Downloads).Select(index => Options.Target.Uris[index % Options.Target.Uris.Count]).ToList();
            var watch = Stopwatch.StartNew();
            var failed = await DownloadAsync(CreateOptions(rate), uris, interrupt.Token);
            return Report(watch.Elapsed, failed);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted before the last download had ended.");
            return ExitCode.Interrupted;
        }
    }

    private int Report(TimeSpan measured, IReadOnlyList<DownloadFailure> failed)
    {
        if (failed.Count > 0)
        {
            Console.Error.WriteLine($"{failed.Count} of {Downloads} downloads failed, the first one with: {failed[0].Message}.");
            return ExitCode.Failure;
        }

        var prediction = GetPrediction();
        var measuredMs = measured.TotalMilliseconds;
        var isWithin = measuredMs >= prediction.LowMs && measuredMs <= prediction.HighMs;
        var verdict = isWithin ? "within" : "outside";
        var (low, high) = (ReportFormat.Time(prediction.LowMs), ReportFormat.Time(prediction.HighMs));
        Console.WriteLine(
            $"Predicted {ReportFormat.Time(prediction.MakespanMs)} ({low} to {high}{DescribeOrigin()}), measured "
            + $"{ReportFormat.Time(measuredMs)}: "
            + FormattableString.Invariant($"{measuredMs / prediction.MakespanMs:0.00} times the prediction, {verdict} its 90 % interval."));
        return ExitCode.Success;
    }

    /// <summary>The calibration knows more than its scenario says, such as how long requests take with more workers.</summary>
    private PredictedMakespan GetPrediction()
    {
        if (Calibrated is not null) return Calibrated;
        var simulated = MakespanPredictor.Predict(_fit, UsedWorkers, Downloads);
        return new PredictedMakespan(UsedWorkers, Downloads, simulated.MakespanMs, simulated.LowMs, simulated.HighMs);
    }

    private string DescribeOrigin()
    {
        var mayMissLoad = Calibrated is null && _file.Calibration?.Mechanism == "none";
        return mayMissLoad ? "; simulated from the scenario, since the file predicts none of this" : "";
    }

    private async Task<IReadOnlyList<DownloadFailure>> DownloadAsync(
        DownloaderOptions options, IReadOnlyList<Uri> uris, CancellationToken cancellationToken)
    {
        using var clients = new CheckClientSource(options);
        var settings = new DownloadSettings { Workers = UsedWorkers };
        var failed = new List<DownloadFailure>();
        var results = new ConcurrentDownloader(clients).DownloadAsync(uris, BodyReaders.Discard, settings, cancellationToken);
        await foreach (var result in results.ConfigureAwait(false))
        {
            if (result.Failure is { } failure) failed.Add(failure);
        }

        return failed;
    }

    private DownloaderOptions CreateOptions(double? rate)
    {
        var options = new DownloaderOptions
        {
            Timeout = Timeout,
            RateLimit = rate,
            HttpVersion = Options.UsesHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            Resilience = DownloadResilience.Create(new DownloadResilienceOptions
            {
                MaxRetryAttempts = RecommendedUse.Retries,
                TotalTimeout = System.Threading.Timeout.InfiniteTimeSpan,
            }),
            ConfigureHandler = Options.Configure,
        };
        foreach (var (name, value) in Options.Headers) options.Headers[name] = value;
        options.Headers["User-Agent"] = Options.UserAgent;
        return options;
    }

    /// <summary>One session for all downloads, which follows no redirect.</summary>
    private sealed class CheckClientSource(DownloaderOptions options) : IClientSource, IDisposable
    {
        private readonly DownloadClient _client = new(new RedirectRefusal(DownloadHandlerFactory.Create(options)), options);

        /// <inheritdoc/>
        public DownloadClient Rent() => _client;

        /// <inheritdoc/>
        public void Release(DownloadClient client)
        {
            // It stays open for the next download.
        }

        /// <inheritdoc/>
        public void Dispose() => _client.Dispose();
    }
}

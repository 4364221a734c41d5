using System.Diagnostics;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>Runs one case in the child process, and announces its iterations to the server.</summary>
/// <remarks>Before the first run of a process nothing is sent and no HTTP client is made here: what that loads and compiles would be
/// missing from a cold start. The host sets the scenario before the process starts, and begins an iteration that is the first run of its
/// process.</remarks>
/// <param name="settings">Where the server is.</param>
/// <param name="warmsUp">Whether the first iteration is one of warm-up, which may be made longer.</param>
internal sealed class CaseRunner(BenchmarkSettings settings, bool warmsUp) : IDisposable
{
    private const int MaxFailureReasons = 20;

    private MockServerClient? _controlClient;
    private bool _isWarm = !warmsUp;
    private DownloadCase? _case;
    private Func<Task<IReadOnlyList<DownloadResult>>>? _downloadAll;
    private IDisposable? _clients;
    private LimitLog? _limits;
    private IReadOnlyList<DownloadResult> _results = [];
    private double? _firstMs;
    private TimeSpan _cpuAtBegin;
    private long _allocatedAtBegin;

    private MockServerClient ControlClient => _controlClient ??= new MockServerClient(Required(settings.Server), settings.RunToken);

    public void BeginIteration()
    {
        // With or without an audit: latencies and faults start again with each iteration.
        if (_downloadAll is not null) ControlClient.BeginIteration();
        _allocatedAtBegin = GC.GetTotalAllocatedBytes(precise: true);
    }

    public async Task Run(DownloadCase downloadCase)
    {
        // Not earlier: BenchmarkDotNet collects garbage between the set-up of an iteration and its beginning.
        _cpuAtBegin = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        _downloadAll ??= Prepare(downloadCase);
        do
        {
            _results = await _downloadAll().ConfigureAwait(false);
            _firstMs ??= Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        while (!_isWarm && Stopwatch.GetElapsedTime(started) < downloadCase.MinWarmUp);
        _isWarm = true;
    }

    /// <summary>Reports the iteration to the server.</summary>
    /// <exception cref="InvalidOperationException">Downloads failed in a case where none may: its time would be worth nothing.</exception>
    public void EndIteration()
    {
        var report = CreateReport();
        if (settings.Audit) ControlClient.EndIteration(report.ToJson());
        if (report.Failed > 0 && !_case!.AllowFailures)
        {
            var first = _results.First(result => !result.Succeeded).Failure!;
            throw new InvalidOperationException($"{report.Failed} of {_results.Count} downloads failed: {first.Message}");
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _clients?.Dispose();
        _controlClient?.Dispose();
    }

    private static T Required<T>(T? setting)
        where T : class => setting ?? throw new InvalidOperationException($"{BenchmarkSettings.EnvironmentVariableName} names no server.");

    /// <summary>What the suite cannot know before its first case is called: how the case downloads its list once.</summary>
    private Func<Task<IReadOnlyList<DownloadResult>>> Prepare(DownloadCase downloadCase)
    {
        _case = downloadCase;
        var endpoints = Required(settings.Endpoints);
        var uris = DownloadList.Create(endpoints.For(downloadCase.Scenario.Protocol), downloadCase);
        if (downloadCase.MinThreads > 0)
        {
            ThreadPool.GetMinThreads(out _, out var completionPort);
            ThreadPool.SetMinThreads(downloadCase.MinThreads, completionPort);
        }

        if (downloadCase.Tool is { } compilation)
        {
            var command = settings.Tool?.Find(compilation) ?? throw new InvalidOperationException("The tool is not built.");
            return new ToolProcessRun(uris, downloadCase, command).RunAsync;
        }

        if (!downloadCase.IsMadeByLibrary)
        {
            var clients = new HttpClientSource(downloadCase, endpoints);
            _clients = clients;
            return new HttpClientRun(uris, downloadCase.Workers ?? 1, clients, downloadCase.Get).RunAsync;
        }

        var source = ClientSourceFactory.Create(downloadCase, endpoints);
        _clients = source as IDisposable;
        var strategy = downloadCase.Strategy;
        if (downloadCase.DecidesInFlight)
        {
            _limits = new LimitLog();
            strategy = new AdaptiveStrategy(_limits);
        }

        var request = new DownloadRequest(uris, downloadCase.Workers ?? 1, source);
        if (downloadCase.Get == GetPolicy.Library) return () => strategy.RunAsync(request);
        return async () =>
        {
            var texts = await strategy.RunAsync(request, BodyReaders.Text).ConfigureAwait(false);
            return [.. texts.Select(text => new DownloadResult(text.Uri, text.BytesRead, text.Elapsed, text.Failure))];
        };
    }

    private ClientIterationReport CreateReport()
    {
        // First the figures that the rest of this method would change.
        var cpu = Environment.CpuUsage.TotalTime - _cpuAtBegin;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocatedAtBegin;
        var failures = _results.Where(result => !result.Succeeded).ToList();
        using var process = Process.GetCurrentProcess();
        // Of the tool's process they are not known once it has ended, and those of this one would say nothing of it.
        var isOfThisProcess = _case!.Tool is null;
        return new ClientIterationReport(
            _results.Count - failures.Count,
            // Of succeeded downloads alone: of a failed one the server may have sent more than arrived.
            _results.Where(result => result.Succeeded).Sum(result => result.BytesRead),
            failures.Count,
            failures.CountBy(result => result.Failure!.Message).Take(MaxFailureReasons).ToDictionary(),
            isOfThisProcess ? cpu.TotalMilliseconds : null,
            isOfThisProcess ? allocated : null,
            isOfThisProcess ? process.PeakWorkingSet64 : null,
            isOfThisProcess ? _firstMs : null,
            _limits is null ? null : CreateDecisions(_limits));
    }

    private static InFlightDecisions CreateDecisions(LimitLog limits) => InFlightDecisions.Create(
        limits.Started, limits.Refusals, [.. limits.Changes.Select(change => new InFlightLimit(change.Started, change.Limit))]);
}

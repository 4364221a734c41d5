using System.Diagnostics;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>Runs one case in the child process, and tells the server where each iteration begins and ends.</summary>
internal sealed class CaseRunner : IDisposable
{
    private const int MostFailureReasons = 20;

    /// <summary>A makespan of 30 ms needs ten runs until the JIT has settled, one of a second does in its first: so warm-up is measured in time too.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    private readonly MockServerClient _lab;
    private readonly ServerEndpoints _endpoints;
    private readonly Scenario _scenario;
    private readonly bool _audit = BenchmarkSettings.Current.Audit;
    private bool _isWarm;
    private DownloadCase? _case;
    private DownloadRequest? _request;
    private IReadOnlyList<DownloadResult> _results = [];
    private TimeSpan _cpuAtBegin;
    private long _allocatedAtBegin;

    private CaseRunner(MockServerClient lab, Scenario scenario, bool warmsUp)
    {
        _lab = lab;
        _scenario = scenario;
        _isWarm = !warmsUp;
        _endpoints = lab.GetEndpoints();
    }

    /// <summary>Puts the suite's scenario in force.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="warmsUp">Whether the first iteration is one of warm-up, which may be made longer.</param>
    public static CaseRunner Start(Scenario scenario, bool warmsUp)
    {
        var server = BenchmarkSettings.Current.Server ?? throw new InvalidOperationException($"{BenchmarkSettings.Variable} names no server.");
        var lab = new MockServerClient(server, BenchmarkSettings.Current.RunToken);
        lab.SetScenario(scenario);
        return new CaseRunner(lab, scenario, warmsUp);
    }

    public void BeginIteration()
    {
        // With or without an audit: latencies and faults start again with each iteration.
        _lab.BeginIteration();
        _allocatedAtBegin = GC.GetTotalAllocatedBytes(precise: true);
    }

    public async Task Run(DownloadCase downloadCase)
    {
        // Not earlier: BenchmarkDotNet collects garbage between the set-up of an iteration and its beginning.
        _cpuAtBegin = Environment.CpuUsage.TotalTime;
        if (_request is null) Prepare(downloadCase);
        var started = Stopwatch.GetTimestamp();
        do
        {
            _results = await downloadCase.Entry.RunAsync(_request!).ConfigureAwait(false);
        }
        while (!_isWarm && Stopwatch.GetElapsedTime(started) < WarmUp);
        _isWarm = true;
    }

    /// <summary>Reports the iteration to the server.</summary>
    /// <exception cref="InvalidOperationException">Downloads failed in a case where none may: its time would be worth nothing.</exception>
    public void EndIteration()
    {
        var claim = Claim();
        if (_audit) _lab.EndIteration(claim.ToJson());
        if (claim.Failed > 0 && !_case!.AllowFailures)
            throw new InvalidOperationException($"{claim.Failed} of {_results.Count} downloads failed: {_results.First(result => !result.Succeeded).Failure!.Message}");
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        (_request?.Clients as IDisposable)?.Dispose();
        _lab.Dispose();
    }

    /// <summary>What the suite cannot know before its first case is called.</summary>
    private void Prepare(DownloadCase downloadCase)
    {
        _case = downloadCase;
        if (downloadCase.Scenario != _scenario) _lab.SetScenario(downloadCase.Scenario);
        var uris = DownloadList.Create(_endpoints.For(downloadCase.Scenario.Protocol), downloadCase.Pages, downloadCase.Downloads);
        _request = new DownloadRequest(uris, downloadCase.Workers ?? 1, ClientSourceFactory.Create(downloadCase, _endpoints));
        if (downloadCase.MinThreads <= 0) return;
        ThreadPool.GetMinThreads(out _, out var completionPort);
        ThreadPool.SetMinThreads(downloadCase.MinThreads, completionPort);
    }

    private ClientIterationReport Claim()
    {
        // First what the rest of this would change.
        var cpu = Environment.CpuUsage.TotalTime - _cpuAtBegin;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocatedAtBegin;
        using var process = Process.GetCurrentProcess();
        return new ClientIterationReport(
            _results.Count(result => result.Succeeded),
            _results.Sum(result => result.BytesRead),
            _results.Count(result => !result.Succeeded),
            _results.Where(result => !result.Succeeded).CountBy(result => result.Failure!.Message).Take(MostFailureReasons).ToDictionary(),
            cpu.TotalMilliseconds,
            allocated,
            process.PeakWorkingSet64);
    }
}

using System.Diagnostics;
using Downloader.Benchmarks.Suites;
using Downloader.Lab;

namespace Downloader.Benchmarks.Harness;

/// <summary>Runs one case in the child process, and tells the server where each iteration begins and ends.</summary>
internal sealed class CaseRunner : IDisposable
{
    private readonly LabClient _lab;
    private readonly LabEndpoints _endpoints;
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<Uri> _uris;
    private readonly bool _audit = LabSettings.Current.Audit;
    private DownloadCase? _case;
    private IClientSource? _clients;
    private IReadOnlyList<DownloadResult> _results = [];
    private TimeSpan _cpuAtBegin;
    private long _allocatedAtBegin;

    private CaseRunner(LabClient lab, Scenario scenario, int downloads)
    {
        _lab = lab;
        _scenario = scenario;
        _endpoints = lab.GetEndpoints();
        _uris = DownloadList.Create(_endpoints.For(scenario.Protocol), downloads);
    }

    /// <summary>Puts the scenario in force.</summary>
    public static CaseRunner Start(Scenario scenario, int downloads)
    {
        var server = LabSettings.Current.Server ?? throw new InvalidOperationException($"{LabSettings.Variable} names no server.");
        var lab = new LabClient(server);
        lab.SetScenario(scenario);
        return new CaseRunner(lab, scenario, downloads);
    }

    public void BeginIteration()
    {
        if (_audit) _lab.BeginIteration();
        _allocatedAtBegin = GC.GetTotalAllocatedBytes();
        _cpuAtBegin = Environment.CpuUsage.TotalTime;
    }

    public async Task Run(DownloadCase downloadCase)
    {
        _case = downloadCase;
        _clients ??= CaseClients.Create(downloadCase, _scenario, _endpoints, _uris.Count);
        _results = await downloadCase.Entry.RunAsync(new DownloadRequest(_uris, downloadCase.Workers ?? 1, _clients)).ConfigureAwait(false);
    }

    /// <summary>Reports the iteration to the server.</summary>
    /// <exception cref="InvalidOperationException">Downloads failed in a case where none may: its time would be worth nothing.</exception>
    public void EndIteration()
    {
        var claim = Claim();
        if (_audit) _lab.EndIteration(claim.ToJson());
        if (claim.Failed > 0 && !_case!.MayFail)
            throw new InvalidOperationException($"{claim.Failed} of {_uris.Count} downloads failed: {_results.First(result => !result.Succeeded).Failure!.Message}");
    }

    private IterationClaim Claim() => new(
        _results.Count(result => result.Succeeded),
        _results.Sum(result => result.BytesRead),
        _results.Where(result => !result.Succeeded).CountBy(result => result.Failure!.Message).ToDictionary(),
        (Environment.CpuUsage.TotalTime - _cpuAtBegin).TotalMilliseconds,
        GC.GetTotalAllocatedBytes() - _allocatedAtBegin,
        PeakMemory());

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    public void Dispose()
    {
        (_clients as IDisposable)?.Dispose();
        _lab.Dispose();
    }
}

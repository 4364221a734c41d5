using System.Diagnostics;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>The downloads of one client of several: what it does when all are released, and what it claims of it.</summary>
internal sealed class LoadShare : IDisposable
{
    private const int MaxFailureReasons = 20;
    private readonly IClientSource _clients;
    private readonly DownloadRequest _request;
    private readonly DownloadStrategy _strategy;

    /// <param name="wholeCase">What all clients do together: the whole list, and the workers of one client.</param>
    /// <param name="plan">How many clients there are.</param>
    /// <param name="client">The place of this one.</param>
    /// <param name="endpoints">Where the server listens.</param>
    public LoadShare(DownloadCase wholeCase, LoadPlan plan, JoinedClient client, ServerEndpoints endpoints)
    {
        var list = DownloadList.Create(endpoints.For(wholeCase.Scenario.Protocol), wholeCase);
        Uri[] share = [.. list.Where((_, index) => index % plan.Clients == client.Number)];
        _clients = ClientSourceFactory.Create(wholeCase, endpoints, client.Header);
        _strategy = wholeCase.Strategy;
        _request = new DownloadRequest(share, plan.Workers, _clients);
    }

    /// <summary>Downloads the share once.</summary>
    /// <returns>What the client claims; <see cref="ClientIterationReport.FirstMs"/> is how long it took.</returns>
    public async Task<ClientIterationReport> RunAsync()
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        var results = await _strategy.RunAsync(_request).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var failures = results.Where(result => !result.Succeeded).ToList();
        using var process = Process.GetCurrentProcess();
        return new ClientIterationReport(
            results.Count - failures.Count,
            results.Where(result => result.Succeeded).Sum(result => result.BytesRead),
            failures.Count,
            failures.CountBy(result => result.Failure!.Message).Take(MaxFailureReasons).ToDictionary(),
            cpu.TotalMilliseconds,
            allocated,
            process.PeakWorkingSet64,
            elapsed.TotalMilliseconds);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => (_clients as IDisposable)?.Dispose();
}

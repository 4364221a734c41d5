using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>The connections of a simulated client: which one a download takes, and what a new one costs.</summary>
/// <param name="downloadCase">Its client policy, its scenario and how many connections warm-up has opened.</param>
/// <param name="isWarm">Whether connections are open from a warm-up.</param>
internal sealed class SimulatedConnections(DownloadCase downloadCase, bool isWarm)
{
    private readonly Stack<int> _idle = new(isWarm && downloadCase.Clients != ClientPolicy.New
        ? Enumerable.Range(1, downloadCase.MaxInFlight).Reverse()
        : []);

    private readonly HashSet<int> _reused = [.. isWarm ? Enumerable.Range(1, downloadCase.MaxInFlight) : []];
    private int _last = downloadCase.MaxInFlight;

    private bool IsShared => downloadCase.Scenario.Protocol == WireProtocol.Http2 && downloadCase.Clients != ClientPolicy.New;

    /// <summary>A connection for a request, and how long it takes to open it.</summary>
    public (int Number, TimeSpan Connecting) Take()
    {
        if (IsShared) return (1, TimeSpan.Zero);
        return _idle.TryPop(out var idle) ? (idle, TimeSpan.Zero) : (++_last, downloadCase.Scenario.ConnectLatency);
    }

    /// <summary>Whether the connection had served a request before: only then a client sends a request again by itself.</summary>
    public bool WasReused(int number) => !IsShared && _reused.Contains(number);

    /// <summary>Gives a connection back after a request that ended so.</summary>
    public void Return(int number, RequestOutcome outcome)
    {
        var isBroken = outcome is RequestOutcome.Reset or RequestOutcome.Empty or RequestOutcome.CutShort;
        if (IsShared || isBroken || downloadCase.Clients == ClientPolicy.New) return;
        _reused.Add(number);
        _idle.Push(number);
    }
}

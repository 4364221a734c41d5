using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>The main suite: every strategy over worker counts, against a server that answers any number of requests after a constant latency.</summary>
public class Strategies : StrategySuite
{
    public override string Question => "Which strategy, and how many workers?";

    public override SuiteTopic Topic => SuiteTopic.Strategies;

    public override IReadOnlyList<string> Notes =>
        Settings.Quick ? ["A quick run shows that all works: for figures to act on, run it without --quick."] : [];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(10) };

    protected override int DefaultDownloads => Settings.Quick ? 64 : 160;

    /// <summary>5 is the article's. 16 is far beyond the cores of most machines, where blocking begins to hurt.
    /// 64 is where threads and pools come apart.</summary>
    protected override IReadOnlyList<int> DefaultWorkerCounts => [5, 16, 64];
}

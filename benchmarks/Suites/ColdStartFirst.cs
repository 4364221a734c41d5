using Downloader.Benchmarks.Execution;
namespace Downloader.Benchmarks.Suites;

/// <summary>The first run in a fresh process, in several processes. As in a program of its own, making the clients is part of it.</summary>
public class ColdStartFirst : ColdStartStrategies
{
    public override MeasurementPlan Plan => new(WarmUps: 0, Iterations: 1, Rounds: 5);
}

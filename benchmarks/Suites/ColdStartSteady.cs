using Downloader.Benchmarks.Execution;
namespace Downloader.Benchmarks.Suites;

/// <summary>The same cases once the process is warm.</summary>
public class ColdStartSteady : ColdStartStrategies
{
    /// <summary>The pool adds a thread or two a second: it needs several runs to get steady.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 10, Iterations: 3);
}

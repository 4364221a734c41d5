namespace Downloader.Benchmarks.Suites;

/// <summary>The first run in a fresh process, in several processes.</summary>
public class ColdStartFirst : StartSuite
{
    public override MeasurementPlan Plan => new(WarmUps: 0, Iterations: 1, Processes: 5);
}

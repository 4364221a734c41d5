namespace Downloader.Benchmarks.Execution;

/// <summary>How often a case is run.</summary>
/// <param name="WarmUps">Iterations not counted, first in each process.</param>
/// <param name="Iterations">Measured iterations in each process.</param>
/// <param name="Processes">Fresh processes, one after another.</param>
public sealed record MeasurementPlan(int WarmUps, int Iterations, int Processes = 1);

namespace Downloader.Benchmarks.Execution;

/// <summary>How often a case is run.</summary>
/// <param name="WarmUps">Iterations not counted, first in each process; 0 measures the first run itself.</param>
/// <param name="Iterations">Measured iterations in each process.</param>
/// <param name="Rounds">Fresh processes, one a round, where <c>--rounds</c> asks for no other number.</param>
public sealed record MeasurementPlan(int WarmUps, int Iterations, int Rounds = 3);

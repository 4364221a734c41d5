namespace Downloader.Benchmarks.Reports;

/// <summary>A figure for crank.</summary>
/// <param name="Name">Its name, after the job's: "downloads".</param>
/// <param name="Description">What it is, as a table shows it, with its unit.</param>
/// <param name="Operation">How the figures of several endpoints become one.</param>
/// <param name="Value">The figure.</param>
public sealed record JobMeasurement(string Name, string Description, JobOperation Operation, double Value);

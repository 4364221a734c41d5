using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>One of two runs that are compared.</summary>
/// <param name="Name">Where it comes from: a file, or a checkout.</param>
/// <param name="Run">What was measured.</param>
public sealed record ComparedRun(string Name, RunResult Run);

using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>What a run measured of a suite's cases, as far as it came.</summary>
/// <param name="Summary">BenchmarkDotNet's summary, with one report a case made from all its processes.</param>
/// <param name="Cases">The result of each of these reports, in the same order.</param>
/// <param name="IsUnfinished">Whether the run ended before all processes of the suite had.</param>
internal sealed record MeasuredSuite(Summary Summary, IReadOnlyList<CaseResult> Cases, bool IsUnfinished);

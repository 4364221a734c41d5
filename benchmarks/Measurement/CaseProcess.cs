using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Audit;

namespace Downloader.Benchmarks.Measurement;

/// <summary>One process of a case.</summary>
/// <param name="Round">In which round it ran, from 1.</param>
/// <param name="Report">What BenchmarkDotNet measured.</param>
/// <param name="Audit">What the server logged; null when it was not read.</param>
internal sealed record CaseProcess(int Round, BenchmarkReport Report, CaseAudit? Audit);

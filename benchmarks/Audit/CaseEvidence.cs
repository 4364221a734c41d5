using Downloader.Lab;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server saw of a case, and what is wrong with it.</summary>
public sealed record CaseEvidence(AuditLog Log, IReadOnlyList<string> Findings);

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>The server's log of a case, and what the audit found wrong with it.</summary>
public sealed record CaseAudit(RequestLog Log, IReadOnlyList<string> Findings);

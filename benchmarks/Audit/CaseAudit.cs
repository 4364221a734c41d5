using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server saw of a case, and what is wrong with it.</summary>
public sealed record CaseAudit(RequestLog Log, IReadOnlyList<string> Findings);

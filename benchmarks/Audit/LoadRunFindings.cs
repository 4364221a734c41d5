namespace Downloader.Benchmarks.Audit;

/// <summary>What the audit found wrong in a run of several clients, a sentence each; empty where nothing was.</summary>
/// <param name="Whole">In the run as a whole.</param>
/// <param name="Clients">In what each client did, by number.</param>
public sealed record LoadRunFindings(IReadOnlyList<string> Whole, IReadOnlyList<IReadOnlyList<string>> Clients)
{
    /// <summary>What was seen beside it and is no fault of the clients.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether nothing was found.</summary>
    public bool IsClean => Whole.Count == 0 && Clients.All(findings => findings.Count == 0);
}

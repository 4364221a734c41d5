using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One suite's results.</summary>
/// <param name="Name">Its name as in <c>--filter</c> ("Strategies", "Capacity" …).</param>
/// <param name="Question">The question it answers, a sentence.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Scenario">What the server was told to do, where a row says nothing else.</param>
/// <param name="Rows">A row per case, in table order.</param>
public sealed record SuiteResult(string Name, string Question, SuiteTopic Topic, Scenario Scenario, IReadOnlyList<CaseResult> Rows)
{
    /// <summary>What a reader must know beside the rows, such as cases left out and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the run ended before all its cases had.</summary>
    public bool IsUnfinished { get; init; }
}

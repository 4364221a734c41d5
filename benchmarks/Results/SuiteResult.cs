using System.Text.Json.Serialization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One suite's results.</summary>
/// <param name="Name">Its name as in <c>--filter</c> ("Strategies", "Capacity" …).</param>
/// <param name="Question">The question it answers, a sentence.</param>
/// <param name="Scenario">The server's scenario for all cases that have none of their own.</param>
/// <param name="Cases">The cases, in table order.</param>
public sealed record SuiteResult(string Name, string Question, Scenario Scenario, IReadOnlyList<CaseResult> Cases)
{
    /// <summary>What a reader must know beside the figures, such as cases left out and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rounds its cases were measured in: the most processes of a case; a slow case may have fewer.</summary>
    [JsonIgnore]
    public int Rounds => Cases.SelectMany(one => one.Processes).Select(process => process.Round).DefaultIfEmpty(0).Max();

    /// <summary>Whether the run ended before all cases of the suite had.</summary>
    public bool IsUnfinished { get; init; }
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>What one benchmark case does: a strategy, its workers, its clients. The suite runs it, the audit checks it, the report names it.</summary>
/// <param name="Strategy">A name of the catalogue.</param>
/// <param name="Workers">The worker limit; null for a strategy that takes none (Sequential, WhenAllUnbounded).</param>
/// <param name="Scenario">What the server does.</param>
/// <param name="Downloads">Downloads per iteration.</param>
public sealed record DownloadCase(string Strategy, int? Workers, Scenario Scenario, int Downloads)
{
    /// <summary>What tells it from other cases of the same strategy and workers; null for nothing.</summary>
    public string? Variant { get; init; }

    /// <summary>Which downloads share a session.</summary>
    public ClientPolicy Clients { get; init; }

    /// <summary>Whether failed downloads are tried again.</summary>
    public bool Resilient { get; init; }

    /// <summary>Whether failed downloads are part of the result rather than the end of it.</summary>
    public bool AllowFailures { get; init; }

    /// <summary>The pages it downloads in turn.</summary>
    public IReadOnlyList<Page> Pages { get; init; } = [Page.Jython, Page.Dice];

    /// <summary>Threads the pool makes without delay; 0 leaves its default.</summary>
    public int MinThreads { get; init; }

    /// <summary>A time published elsewhere for this case; null where there is none.</summary>
    public double? PublishedMs { get; init; }

    /// <summary>The entry of the catalogue.</summary>
    public DownloadStrategy Entry => StrategyCatalogue.Find(Strategy) ?? throw new InvalidOperationException($"No strategy {Strategy}.");

    /// <summary>The most downloads it may have in flight.</summary>
    public int Limit => Entry.IsBounded ? Workers ?? 1 : Downloads;
}

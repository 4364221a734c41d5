using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>What one benchmark case does: a strategy, its workers, its clients.</summary>
/// <param name="StrategyName">A name of the catalogue.</param>
/// <param name="Workers">The worker limit; null for a strategy that takes none (Sequential, WhenAllUnbounded, TaskRun).</param>
/// <param name="Scenario">What the server does.</param>
/// <param name="Downloads">Downloads per iteration.</param>
public sealed record DownloadCase(string StrategyName, int? Workers, Scenario Scenario, int Downloads)
{
    /// <summary>How many downloads the whole list has, where the case runs a share of it that tells the time of the whole; null where it
    /// runs all.</summary>
    public int? ListDownloads { get; init; }

    /// <summary>What distinguishes it from other cases of the same strategy and workers; null when there are none.</summary>
    public string? Variant { get; init; }

    /// <summary>Which downloads share a session.</summary>
    public ClientPolicy Clients { get; init; }

    /// <summary>How each GET is made. Where the library does not make it, worker loops written by hand run the case, and
    /// <see cref="StrategyName"/> names the strategy that they are the pattern of.</summary>
    public GetPolicy Get { get; init; }

    /// <summary>Whether the library makes the GET, so that its options hold: retries and the rate.</summary>
    public bool IsMadeByLibrary => Get is GetPolicy.Library or GetPolicy.LibraryText;

    /// <summary>The tool that downloads in place of this process, started anew for each iteration; null where this process
    /// downloads.</summary>
    public ToolCompilation? Tool { get; init; }

    /// <summary>How often a failed download is tried again, at most; 0 for never.</summary>
    public int MaxRetries { get; init; }

    /// <summary>The most requests per second that the client sends, retries included; null for no limit.</summary>
    public double? Rate { get; init; }

    /// <summary>Whether downloads may fail and are counted: where the scenario can make them fail. Otherwise the first failed one ends the
    /// case.</summary>
    public bool AllowFailures =>
        Scenario.FaultShare > 0 || Scenario.RateLimit is not null || Scenario is { Capacity: not null, Queue: not null };

    /// <summary>The pages it downloads in turn: those that the scenario lists, or else the article's two.</summary>
    public IReadOnlyList<Page> Pages { get; init; } = Scenario.Pages is { } list
        ? [.. Enumerable.Range(0, list.Count).Select(ListedPages.At)]
        : [Page.Jython, Page.Dice];

    /// <summary>How long the first iteration of a process is repeated, at least, before others are measured. A makespan of 30 ms needs ten
    /// runs until the JIT has settled, one of a second does in its first: so warm-up is measured in time too.</summary>
    public TimeSpan MinWarmUp { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>Threads that the pool makes without delay; 0 leaves its default.</summary>
    public int MinThreads { get; init; }

    /// <summary>A time published elsewhere for this case; null where there is none.</summary>
    public double? PublishedMs { get; init; }

    /// <summary>The strategy of the catalogue that has this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public DownloadStrategy Strategy =>
        StrategyCatalogue.Find(StrategyName) ?? throw new InvalidOperationException($"There is no strategy {StrategyName}.");

    /// <summary>Whether its strategy decides by itself how many downloads are in flight, up to <see cref="MaxInFlight"/>.</summary>
    public bool DecidesInFlight => IsMadeByLibrary && Strategy is AdaptiveStrategy;

    /// <summary>The most downloads it may have in flight.</summary>
    public int MaxInFlight => Strategy.IsBounded ? Workers ?? 1 : Downloads;
}

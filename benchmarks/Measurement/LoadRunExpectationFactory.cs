using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Derives from the plan of several clients what the server must see of them.</summary>
internal static class LoadRunExpectationFactory
{
    /// <summary>What the clients of a plan do together: the whole list, with the workers of one client.</summary>
    public static DownloadCase CreateCase(LoadPlan plan, Scenario scenario)
    {
        var takesWorkers = StrategyCatalogue.Find(plan.Strategy) is not { Kind: StrategyKind.Sequential };
        return new DownloadCase(plan.Strategy, takesWorkers ? plan.Workers : null, scenario, plan.Downloads) { MaxRetries = plan.Retries };
    }

    /// <summary>The expectation.</summary>
    /// <param name="plan">What the clients must have joined with. It is the audit's own, never a client's.</param>
    /// <param name="scenario">What the server does.</param>
    public static LoadRunExpectation Create(LoadPlan plan, Scenario scenario)
    {
        var wholeCase = CreateCase(plan, scenario);
        var shares = Enumerable.Range(0, plan.Clients).Select(client => CreateShare(wholeCase, plan, client)).ToList();
        var whole = ExpectationFactory.Create(wholeCase) with
        {
            MaxInFlight = shares.Sum(share => share.MaxInFlight),
            MaxConnections = shares.Sum(share => share.MaxConnections),
            DecidesInFlight = false,
        };
        return new LoadRunExpectation(whole, shares, plan);
    }

    private static Expectation CreateShare(DownloadCase wholeCase, LoadPlan plan, int client)
    {
        return ExpectationFactory.Create(wholeCase with { Downloads = plan.GetShare(client) }) with
        {
            DownloadsByPage = CountPages(wholeCase.Pages, plan, client),
            // A client does not report what its strategy decides: its workers are the limit.
            DecidesInFlight = false,
        };
    }

    /// <summary>How often a client has each page. Its items are every M-th of the list: their pages recur after as many items as there are
    /// pages, or earlier.</summary>
    private static Dictionary<Page, int> CountPages(IReadOnlyList<Page> pages, LoadPlan plan, int client)
    {
        var downloads = plan.GetShare(client);
        var counts = new Dictionary<Page, int>();
        for (var item = 0; item < Math.Min(downloads, pages.Count); item++)
        {
            var page = pages[(int)((client + ((long)item * plan.Clients)) % pages.Count)];
            var recurrences = (downloads - item - 1) / pages.Count;
            counts[page] = counts.GetValueOrDefault(page) + 1 + recurrences;
        }

        return counts;
    }
}

using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Derives from the plan of several clients what the server must see of them.</summary>
internal static class LoadRunExpectationFactory
{
    /// <summary>What the clients of a plan do together: the whole list, with the workers of one client.</summary>
    public static DownloadCase CreateCase(LoadPlan plan, Scenario scenario) =>
        new(plan.Strategy, plan.Workers, scenario, plan.Downloads) { MaxRetries = plan.Retries };

    /// <summary>The expectation.</summary>
    /// <param name="plan">What the clients do.</param>
    /// <param name="scenario">What the server does.</param>
    /// <param name="required">What they must have joined with; null where any plan will do.</param>
    public static LoadRunExpectation Create(LoadPlan plan, Scenario scenario, LoadPlan? required)
    {
        var wholeCase = CreateCase(plan, scenario);
        var shares = Enumerable.Range(0, plan.Clients).Select(client => CreateShare(wholeCase, plan, client)).ToList();
        var whole = ExpectationFactory.Create(wholeCase) with
        {
            MaxInFlight = shares.Sum(share => share.MaxInFlight),
            MaxConnections = shares.Sum(share => share.MaxConnections),
            DecidesInFlight = false,
        };
        return new LoadRunExpectation(whole, shares, required);
    }

    private static Expectation CreateShare(DownloadCase wholeCase, LoadPlan plan, int client)
    {
        var pages = wholeCase.Pages;
        var share = Enumerable.Range(0, plan.Downloads).Where(index => index % plan.Clients == client);
        return ExpectationFactory.Create(wholeCase with { Downloads = plan.GetShare(client) }) with
        {
            DownloadsByPage = share.CountBy(index => pages[index % pages.Count]).ToDictionary(),
            // A client does not report what its strategy decides: its workers are the limit.
            DecidesInFlight = false,
        };
    }
}

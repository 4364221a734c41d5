using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>How many requests were in flight at each moment, and when one was refused.</summary>
/// <param name="Steps">Time in milliseconds and the number from there on, in order of time.</param>
/// <param name="Refusals">Time of each refusal and the number in flight with it.</param>
public sealed record InFlightSteps(IReadOnlyList<(double Ms, int InFlight)> Steps, IReadOnlyList<(double Ms, int InFlight)> Refusals)
{
    /// <summary>Counts the requests of an iteration.</summary>
    public static InFlightSteps Create(IEnumerable<WaterfallBar> requests)
    {
        List<(double Ms, int InFlight)> steps = [];
        List<(double Ms, int InFlight)> refusals = [];
        // At one moment the ends come first: a request that ends as another arrives is not in flight with it.
        var changes = requests
            .SelectMany(bar => new[] { (Ms: bar.StartMs, Change: 1, bar.Outcome), (Ms: bar.EndMs, Change: -1, bar.Outcome) })
            .OrderBy(change => change.Ms).ThenBy(change => change.Change);
        var inFlight = 0;
        foreach (var (ms, change, outcome) in changes)
        {
            if (change < 0 && outcome.IsRefusal()) refusals.Add((ms, inFlight));
            inFlight += change;
            steps.Add((ms, inFlight));
        }

        return new InFlightSteps(steps, refusals);
    }
}

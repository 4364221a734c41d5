using Downloader.Tests.Library.Adaptive;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>The page "How many workers?" has the figures that the simulation gives: the same seeds give the same figures.</summary>
public sealed class SimulatedFiguresTests
{
    private const string Page = "docs/how-many-workers.md";

    /// <summary>Names a file for the figures, which <c>experiments/adaptive.sh</c> then shows beside those that it measures.</summary>
    private const string FileVariable = "SIMULATED_FIGURES";

    private const double Latency = ControllerGoals.Latency;
    private const int Ceiling = 64;
    private const int Seeds = 20;

    private static readonly SimulatedServer Capacity = new() { Capacity = 16, Queue = 0 };

    private static readonly (string Name, SimulatedServer Server)[] Servers =
    [
        ("without a limit, constant latency", new()),
        ("without a limit, long tail (99th percentile 15.5 medians)", new() { LatencyP99 = 15.5 * Latency }),
        ("serves 16 at once, lets 64 wait", Capacity with { Queue = 64, RetryAfter = 1000 }),
        ("serves 16 at once, lets none wait", Capacity),
        ("the same, and a refusal asks to wait for a second (50 requests)", Capacity with { RetryAfter = 1000 }),
        ("a connection costs as much as a request", new() { ConnectLatency = Latency }),
        ("the same, one connection for all (HTTP/2)", new() { ConnectLatency = Latency, SharesConnection = true }),
        ("a connection costs as much as three requests", new() { ConnectLatency = 3 * Latency }),
    ];

    [Fact]
    public void The_page_has_the_figures_of_the_simulation()
    {
        string[] table =
        [
            "| server | time for 160 downloads | for 1,000 | refused, at most |",
            "|---|--:|--:|--:|",
            .. Servers.Select(one => FormatRow(one.Name, one.Server)),
        ];
        var example = FormatExample();
        if (Environment.GetEnvironmentVariable(FileVariable) is { } path)
            File.WriteAllLines(path, [.. table, "", $"The worked example: {example}."]);

        var page = RepositoryFiles.Read(Page);

        Assert.Contains(string.Join('\n', table), page, StringComparison.Ordinal);
        Assert.Contains(example, page.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static string FormatRow(string name, SimulatedServer server)
    {
        var few = Simulate(server, 160);
        var many = Simulate(server, 1000);
        var refused = FormattableString.Invariant($"{100 * few.Refused:0.0} % and {100 * many.Refused:0.0} %");
        if (few.Refused + many.Refused == 0) refused = "0";
        return FormattableString.Invariant($"| {name} | {few.Time:0.00} | {many.Time:0.00} | {refused} |");
    }

    /// <summary>The worked example, in whole seconds.</summary>
    private static string FormatExample()
    {
        const int Downloads = 5000;
        var server = new SimulatedServer { Latency = 80, LatencyP99 = 600, RateLimit = 40, RetryAfter = 1000 };
        var seconds = Median(Enumerable.Range(1, Seeds).Select(seed => Run(server, Downloads, seed).Makespan)) / 1000;
        return FormattableString.Invariant($"5,000 calls take {seconds:0} s in simulated time");
    }

    /// <summary>The median of its times, as multiples of those of the best fixed number, and the largest share of refused
    /// requests.</summary>
    private static (double Time, double Refused) Simulate(SimulatedServer server, int downloads)
    {
        var runs = Enumerable.Range(1, Seeds)
            .Select(seed => (Run: Run(server, downloads, seed), Best: ControllerGoals.FindBest(server, downloads, seed))).ToArray();
        return (Median(runs.Select(one => one.Run.Makespan / one.Best)), runs.Max(one => one.Run.RefusedShare));
    }

    private static SimulatedRun Run(SimulatedServer server, int downloads, int seed) =>
        Simulation.RunControlled(server, new LibraryController(Ceiling), Ceiling, downloads, seed);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

using Downloader.Benchmarks.CommandLine;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Suites.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>Every suite's conclusion under many scenarios, held against what is true of the simulated server.</summary>
public sealed class ConclusionGridTests
{
    /// <summary>Between processes of a quiet machine; the rows compared differ by less or by far more.</summary>
    private const double SmallDeviation = 0.003;

    private static readonly string[] Conditions =
    [
        "--latency 5", "--latency 80", "--latency 0", "--latency 30 --latency-p99 300", "--latency 20 --latency-jitter 20",
        "--connect-latency 40", "--capacity 8", "--capacity 8 --queue 4", "--capacity 500 --queue 500", "--rate-limit 40",
        "--rate-limit 100000", "--fault-share 0.1", "--fault-share 0.1 --faults reset", "--fault-share 0.05 --faults empty",
        "--protocol https", "--protocol http2", "--workers 2,4,8", "--workers 4,12,32", "--downloads 40", "--retry 3",
    ];

    /// <summary>A partner's API: 80 ms in the median, 600 ms at the 99th percentile, 429 past 40 requests a second.</summary>
    private const string PartnerApi = "--latency 80 --latency-p99 600 --rate-limit 40 --workers 2,4,8 --downloads 200";

    /// <summary>The suite with 4,800 downloads an iteration. It concludes on the cost of one, for which a tenth is enough in all
    /// pairs.</summary>
    private const string ManyShortDownloads = "HttpClientUse";

    /// <summary>Capacities around the worker counts of the suites that compare these: below, between and above them.</summary>
    private static readonly string[] Capacities = ["--capacity 15", "--capacity 28", "--capacity 60", "--capacity 100"];

    private static readonly string[] BesideCapacities =
    [
        "", "--queue 500", "--queue 10", "--latency 30 --latency-p99 300", "--downloads 40", "--workers 3,7,50", "--workers 16,32",
        "--workers 64", "--rate-limit 130", "--rate-limit 130 --rate-burst 20", "--rate 200", "--fault-share 0.4 --rate-limit 40",
    ];

    /// <summary>Without Scale, whose many downloads would take minutes for all pairs.</summary>
    public static TheoryData<string> SuitesOfFewDownloads() =>
        [.. SuiteInterpretationTests.Names().Select(row => row.Data).Where(name => name != "Scale")];

    [Theory]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    [MemberData(nameof(SuitesOfFewDownloads))]
    public void A_conclusion_is_true_under_each_condition(string suite) => Check(suite, [.. Conditions.Prepend("").Append(PartnerApi)]);

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void The_conclusion_about_many_downloads_is_true_under_each_condition() => A_conclusion_is_true_under_each_condition("Scale");

    [Theory]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    [MemberData(nameof(SuitesOfFewDownloads))]
    public void A_conclusion_is_true_under_each_pair_of_conditions(string suite)
    {
        var pairs =
            from one in Conditions.Index()
            from other in Conditions.Skip(one.Index + 1)
            where !Names(one.Item).Intersect(Names(other)).Any()
            select $"{one.Item} {other}";
        Check(suite, [.. pairs.Select(pair => suite == ManyShortDownloads && !Names(pair).Contains("--downloads")
            ? $"{pair} --downloads 480"
            : pair)]);
    }

    [Theory]
    [InlineData("Strategies")]
    [InlineData("Capacity")]
    public void A_conclusion_is_true_wherever_the_capacity_lies_beside_the_worker_counts(string suite)
    {
        var scenarios =
            from capacity in Capacities.Append("--capacity 500 --queue 500").Append("--capacity 16")
            from other in BesideCapacities
            where !Names(capacity).Intersect(Names(other)).Any()
            select $"{capacity} {other}".TrimEnd();
        Check(suite, [.. scenarios]);
    }

    [Theory]
    [InlineData("Strategies", "", "--rate-limit 40")]
    [InlineData("Capacity", "", "--capacity 8")]
    [InlineData("Capacity", "--capacity 8", "")]
    [InlineData("Strategies", "--fault-share 0.1", "")]
    public void A_conclusion_of_another_server_is_found_wrong(string suite, string options, string actual)
    {
        var claimed = SuiteSimulation.Create(suite, options).Analyse(new RandomDeviation(1, SmallDeviation));

        Assert.NotEmpty(ConclusionCheck.Contradictions(SuiteSimulation.Create(suite, actual), unlimited: null, claimed));
    }

    private static void Check(string suite, string[] scenarios)
    {
        List<string> contradictions = [];
        var checkedScenarios = 0;
        foreach (var options in scenarios)
        {
            if (Find(suite, options) is not { } found) continue;
            checkedScenarios++;
            contradictions.AddRange(found.Select(contradiction => $"{options}: {contradiction}"));
        }

        Assert.InRange(checkedScenarios, 10, 300);
        Assert.True(contradictions.Count == 0, $"{contradictions.Count} in {checkedScenarios}:\n{string.Join('\n', contradictions)}");
    }

    private static IEnumerable<string> Names(string options) => options.Split(' ').Where(word => word.StartsWith('-'));

    /// <summary>The contradictions; null where the suite refuses the options.</summary>
    private static IReadOnlyList<string>? Find(string suite, string options)
    {
        try
        {
            var truth = SuiteSimulation.Create(suite, options);
            var isLimited = truth.Rows[0].Scenario.Capacity is not null;
            var unlimited = isLimited ? SuiteSimulation.Create(suite, options, ignoresCapacity: true) : null;
            return [.. ConclusionCheck.Contradictions(truth, unlimited, truth.Analyse(new RandomDeviation(1, SmallDeviation)))];
        }
        catch (Exception e) when (e is UsageException or ScenarioException)
        {
            return null;
        }
    }
}

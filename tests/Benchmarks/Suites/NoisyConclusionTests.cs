using Downloader.Tests.Benchmarks.Suites.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>Noise between processes makes a conclusion undecided, not wrong.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class NoisyConclusionTests
{
    private const int Seeds = 200;

    /// <summary>What intervals of 95 % allow: one run in twenty.</summary>
    private const int MaxWrong = Seeds / 20;

    [Theory]
    [MemberData(nameof(SuiteInterpretationTests.Names), MemberType = typeof(SuiteInterpretationTests))]
    public void Noise_makes_no_more_conclusions_wrong_than_the_confidence_level_allows(string suite)
    {
        var truth = SuiteSimulation.Create(suite, "");
        var unlimited = SuiteSimulation.Create(suite, "", ignoresCapacity: true);
        List<string> exceeded = [];
        foreach (var (name, create) in Noises(truth.Rows.Count))
        {
            var wrong = Enumerable.Range(1, Seeds)
                .Select(seed => ConclusionCheck.Contradictions(truth, unlimited, truth.Analyse(create(seed))).FirstOrDefault())
                .OfType<string>().ToArray();
            if (wrong.Length > MaxWrong) exceeded.Add($"{name}: {wrong.Length} of {Seeds}, as {wrong[0]}");
        }

        Assert.True(exceeded.Count == 0, string.Join('\n', exceeded));
    }

    [Theory]
    [InlineData("Strategies")]
    [InlineData("Capacity")]
    [InlineData("Session")]
    [InlineData("Tail")]
    public void A_quiet_machine_decides(string suite)
    {
        var truth = SuiteSimulation.Create(suite, "");

        var decided = Enumerable.Range(1, Seeds)
            .Count(seed => truth.Analyse(new RandomDeviation(seed, 0.01)).Conclusion.Recommended is not null);

        Assert.InRange(decided, 0.95 * Seeds, Seeds);
    }

    private static IEnumerable<(string Name, Func<int, RandomDeviation> Create)> Noises(int cases) =>
    [
        .. ((double[])[0.01, 0.03, 0.05, 0.1, 0.2, 0.3]).Select(deviation =>
            ($"normal, {deviation:P0}", (Func<int, RandomDeviation>)(seed => new RandomDeviation(seed, deviation)))),
        .. ((double[])[0.05, 0.1, 0.2]).Select(deviation =>
            ($"heavy-tailed, {deviation:P0}", (Func<int, RandomDeviation>)(seed =>
                new RandomDeviation(seed, deviation) { TailDegreesOfFreedom = 3 }))),
        .. ((double[])[0.002, 0.02]).Select(drift =>
            ($"drift, {drift:P1} a process", (Func<int, RandomDeviation>)(seed =>
                new RandomDeviation(seed, 0.05) { Drift = drift, Cases = cases }))),
    ];
}

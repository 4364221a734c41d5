using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>The cases that two runs have in common.</summary>
/// <param name="Suites">The suites of both runs, with the common cases alone, in the same order.</param>
/// <param name="OnlyInBase">Names of the cases that the base alone has.</param>
/// <param name="OnlyInCandidate">Names of the cases that the candidate alone has.</param>
internal sealed record CaseMatch(
    IReadOnlyList<(SuiteResult Base, SuiteResult Candidate)> Suites,
    IReadOnlyList<string> OnlyInBase,
    IReadOnlyList<string> OnlyInCandidate)
{
    /// <summary>Matches the cases of two runs by suite, strategy, variant and workers.</summary>
    /// <exception cref="InvalidRunException">There is no common case, or one ran under different conditions.</exception>
    public static CaseMatch Create(ComparedRun first, ComparedRun second)
    {
        var (inBase, inCandidate) = (CasesOf(first.Run), CasesOf(second.Run));
        var common = inCandidate.Keys.Where(inBase.ContainsKey).ToArray();
        if (common.Length == 0) throw new InvalidRunException($"{first.Name} and {second.Name}: have no case in common.");
        foreach (var key in common) CheckConditions(first, second, key, inBase[key], inCandidate[key]);
        return new CaseMatch(
            [.. common.GroupBy(key => key.Suite).Select(keys => (Reduce(inBase, [.. keys]), Reduce(inCandidate, [.. keys])))],
            [.. inBase.Keys.Except(common).Select(key => key.Name)],
            [.. inCandidate.Keys.Except(common).Select(key => key.Name)]);
    }

    private static Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> CasesOf(RunResult run)
    {
        Dictionary<CaseKey, (SuiteResult, CaseResult)> cases = [];
        foreach (var suite in run.Suites)
        {
            foreach (var one in suite.Cases) cases.TryAdd(CaseKey.Create(suite, one), (suite, one));
        }

        return cases;
    }

    private static SuiteResult Reduce(Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> cases, CaseKey[] keys) =>
        cases[keys[0]].Suite with { Cases = [.. keys.Select(key => cases[key].Case)] };

    private static void CheckConditions(
        ComparedRun first,
        ComparedRun second,
        CaseKey key,
        (SuiteResult Suite, CaseResult Case) inBase,
        (SuiteResult Suite, CaseResult Case) inCandidate)
    {
        var (conditions, otherConditions) = (Conditions(inBase), Conditions(inCandidate));
        if (conditions == otherConditions) return;
        throw new InvalidRunException($"{first.Name} and {second.Name}: must have measured under the same conditions; {key.Name} has "
            + $"{conditions} in the one and {otherConditions} in the other.");
    }

    private static string Conditions((SuiteResult Suite, CaseResult Case) one) =>
        $"--downloads {one.Case.Downloads} {ScenarioOptions.Write(one.Case.Scenario ?? one.Suite.Scenario)}";
}

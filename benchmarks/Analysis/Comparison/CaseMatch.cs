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
    /// <summary>Matches the cases of two runs by suite, strategy, variant, workers and downloads.</summary>
    /// <param name="first">The base.</param>
    /// <param name="second">The candidate.</param>
    /// <param name="isStrict">Whether it is an error that one run alone has a case, or that a case ran under different conditions;
    /// otherwise such a case counts as one that the runs do not have in common, unless they have no other.</param>
    /// <exception cref="InvalidRunException">There is no common case, or what <paramref name="isStrict"/> makes an error.</exception>
    public static CaseMatch Create(ComparedRun first, ComparedRun second, bool isStrict)
    {
        var (inBase, inCandidate) = (CasesOf(first), CasesOf(second));
        var common = inCandidate.Keys.Where(key => inBase.TryGetValue(key, out var one) && Conditions(one) == Conditions(inCandidate[key]))
            .ToArray();
        var changed = FindChanged(inBase, inCandidate, common);
        if (changed is not null && (isStrict || common.Length == 0))
        {
            throw new InvalidRunException($"{first.Name} and {second.Name}: must have measured under the same conditions; "
                + $"{changed.Name} has {changed.InBase} in the one and {changed.InCandidate} in the other.");
        }

        if (common.Length == 0) throw new InvalidRunException($"{first.Name} and {second.Name}: have no case in common.");
        var onlyInBase = NamesOf(inBase, inCandidate, common);
        var onlyInCandidate = NamesOf(inCandidate, inBase, common);
        if (isStrict && onlyInBase.Length > 0) throw OtherCases(first, second, first, onlyInBase);
        if (isStrict && onlyInCandidate.Length > 0) throw OtherCases(first, second, second, onlyInCandidate);
        return new CaseMatch(
            [.. common.GroupBy(key => key.Suite).Select(keys => (Reduce(inBase, [.. keys]), Reduce(inCandidate, [.. keys])))],
            onlyInBase,
            onlyInCandidate);
    }

    private static InvalidRunException OtherCases(ComparedRun first, ComparedRun second, ComparedRun one, string[] names)
    {
        var more = names.Length > 1 ? $" and {names.Length - 1} more" : "";
        return new InvalidRunException($"{first.Name} and {second.Name}: must have the same cases; {one.Name} alone has {names[0]}{more}.");
    }

    private static Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> CasesOf(ComparedRun run)
    {
        Dictionary<CaseKey, (SuiteResult, CaseResult)> cases = [];
        foreach (var (suite, one) in run.Run.Suites.SelectMany(suite => suite.Cases.Select(one => (suite, one))))
        {
            var key = CaseKey.Create(suite, one);
            if (!cases.TryAdd(key, (suite, one))) throw new InvalidRunException($"{run.Name}: has two cases {key.Name}.");
        }

        return cases;
    }

    private static SuiteResult Reduce(Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> cases, CaseKey[] keys) =>
        cases[keys[0]].Suite with { Cases = [.. keys.Select(key => cases[key].Case)] };

    /// <summary>The first case that both runs have, but under different conditions.</summary>
    private static ChangedCase? FindChanged(
        Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> inBase,
        Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> inCandidate,
        CaseKey[] common)
    {
        var changed =
            from key in inCandidate.Keys.Except(common)
            from other in inBase.Keys.Except(common)
            where key with { Downloads = other.Downloads } == other
            select new ChangedCase(key.Name, Conditions(inBase[other]), Conditions(inCandidate[key]));
        return changed.FirstOrDefault();
    }

    /// <summary>The cases that one run alone has; of one that the other ran under different conditions, with the conditions.</summary>
    private static string[] NamesOf(
        Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> cases,
        Dictionary<CaseKey, (SuiteResult Suite, CaseResult Case)> others,
        CaseKey[] common) =>
    [
        .. from key in cases.Keys.Except(common)
           let isChanged = others.Keys.Any(other => key with { Downloads = other.Downloads } == other)
           select isChanged ? $"{key.Name} ({Conditions(cases[key])})" : key.Name,
    ];

    private static string Conditions((SuiteResult Suite, CaseResult Case) one) =>
        $"--downloads {one.Case.Downloads}{Retries(one.Case)} {ScenarioOptions.Write(one.Case.Scenario ?? one.Suite.Scenario)}";

    private static string Retries(CaseResult one) => one.MaxRetries > 0 ? $" --retry {one.MaxRetries}" : "";

    private sealed record ChangedCase(string Name, string InBase, string InCandidate);
}

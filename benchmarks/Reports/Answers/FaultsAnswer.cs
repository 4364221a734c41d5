using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>How many downloads survive faults, for how many attempts and how much time: a sentence per variant.</summary>
internal static class FaultsAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        foreach (var variant in suite.Ran.GroupBy(row => row.Row.Variant ?? ""))
        {
            // The worst row speaks for its variant: a promise is as good as its weakest case.
            var row = variant.OrderBy(candidate => candidate.Succeeded / candidate.Row.Downloads).ThenByDescending(candidate => candidate.Median).First();
            var attempts = row.Row.Attempts is { } seen ? $" in {Phrase.Count(seen, "attempt")}" : "";
            sentences.Add($"{row.FullName}: {Phrase.Amount(row.Succeeded)} of {Phrase.Count(row.Row.Downloads, "download")} succeeded{attempts}, "
                + $"{Phrase.Time(row.Median!.Value)}{(variant.Count() > 1 ? $" (the worst of {variant.Count()})" : "")}.");
        }

        var sound = suite.Ran.GroupBy(row => row.Row.Variant).Where(variant => variant.All(row => row.IsSound)).ToArray();
        return new Answer(sentences, sound.Length switch
        {
            0 => null,
            _ when sound.Length == suite.Ran.Select(row => row.Row.Variant).Distinct().Count() => "Every download succeeded.",
            _ => $"Recommended: {Phrase.List([.. sound.Select(variant => variant.Key ?? "without a policy")])}. With {(sound.Length == 1 ? "it" : "them")} every download succeeded.",
        });
    }
}

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
            // The worst row speaks for its variant: a promise is as good as its weakest case, and one that nobody counted is no promise.
            var row = variant.OrderBy(candidate => candidate.Succeeded / candidate.Row.Downloads ?? -1).ThenByDescending(candidate => candidate.Median).First();
            var attempts = row.Row.Attempts is { } seen ? $" in {Phrase.Count(seen, "attempt")}" : "";
            var succeeded = row.Succeeded is { } known ? $"{Phrase.Amount(known)} of {Phrase.Count(row.Row.Downloads, "download")} succeeded"
                : $"how many of {Phrase.Count(row.Row.Downloads, "download")} succeeded is unknown, for nobody counted them";
            sentences.Add($"{row.FullName}: {succeeded}{attempts}, "
                + $"{Phrase.Time(row.Median!.Value)}{(variant.Count() > 1 ? $" (the worst of {variant.Count()})" : "")}.");
        }

        // A case that did not run to its end takes its variant with it.
        var sound = suite.Rows.GroupBy(row => row.Row.Variant).Where(variant => variant.All(row => row.IsSound)).ToArray();
        return new Answer(sentences, sound.Length switch
        {
            0 => null,
            _ when sound.Length == suite.Rows.Select(row => row.Row.Variant).Distinct().Count() => "Every download succeeded.",
            _ => $"Recommended: {Phrase.List([.. sound.Select(variant => variant.Key ?? "without a policy")])}. With {(sound.Length == 1 ? "it" : "them")} every download succeeded.",
        });
    }
}

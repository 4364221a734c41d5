namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>How many downloads survive faults, for how many attempts and how much time: a sentence per variant.</summary>
internal static class FaultsConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        foreach (var variant in suite.Ran.GroupBy(row => row.Row.Variant ?? ""))
        {
            // The worst row speaks for its variant: a promise is as good as its weakest case, and one that nobody counted is no promise.
            var row = variant.OrderBy(candidate => candidate.Succeeded / candidate.Row.Downloads ?? -1).ThenByDescending(candidate => candidate.Median).First();
            var attempts = row.Row.Attempts is { } seen ? $" in {ReportFormat.Count(seen, "attempt")}" : "";
            var succeeded = row.Succeeded is { } known ? $"{ReportFormat.Amount(known)} of {ReportFormat.Count(row.Row.Downloads, "download")} succeeded"
                : $"how many of {ReportFormat.Count(row.Row.Downloads, "download")} succeeded is unknown, for nobody counted them";
            sentences.Add($"{row.FullName}: {succeeded}{attempts}, "
                + $"{ReportFormat.Time(row.Median!.Value)}{(variant.Count() > 1 ? $" (the worst of {variant.Count()})" : "")}.");
        }

        // A case that did not run to its end takes its variant with it.
        var sound = suite.Rows.GroupBy(row => row.Row.Variant).Where(variant => variant.All(row => row.IsValid)).ToArray();
        return new Conclusion(sentences, sound.Length switch
        {
            0 => null,
            _ when sound.Length == suite.Rows.Select(row => row.Row.Variant).Distinct().Count() => "Every download succeeded.",
            _ => $"Recommended: {ReportFormat.List([.. sound.Select(variant => variant.Key ?? "without a policy")])}. With {(sound.Length == 1 ? "it" : "them")} every download succeeded.",
        });
    }
}

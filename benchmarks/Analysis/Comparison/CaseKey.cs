using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>What makes a case the same in two runs.</summary>
/// <param name="Suite">The suite, as the reports name it.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Variant">How it differs from others of its strategy and workers; null for none.</param>
/// <param name="Workers">The worker limit; null for none.</param>
/// <param name="Downloads">Downloads of an iteration.</param>
/// <param name="IsCold">Whether it measures first runs.</param>
public sealed record CaseKey(string Suite, string Strategy, string? Variant, int? Workers, int Downloads, bool IsCold)
{
    /// <summary>As a sentence names it.</summary>
    public string Name
    {
        get
        {
            string[] parts = [.. new[] { Variant, IsCold ? "cold" : null }.OfType<string>()];
            var variant = parts.Length > 0 ? $" ({string.Join(", ", parts)})" : "";
            var workers = Workers is { } count ? $" with {ReportFormat.Pluralize(count, "worker")}" : "";
            return $"{Suite}: {Strategy}{variant}{workers}";
        }
    }

    /// <summary>The key of a case.</summary>
    public static CaseKey Create(SuiteResult suite, CaseResult one) => Create(suite.Name, one);

    /// <summary>The key of a case.</summary>
    public static CaseKey Create(string suite, CaseResult one) =>
        new(suite, one.Strategy, one.Variant, one.Workers, one.Downloads, one.IsCold);
}

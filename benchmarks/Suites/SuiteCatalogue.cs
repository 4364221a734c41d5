using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>All suites: every <see cref="Suite"/> of this assembly, so that a new file is a new entry.</summary>
public static class SuiteCatalogue
{
    /// <summary>The types, the main suite first, the others by name.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(Suite).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Suite)) && !type.IsAbstract)
            .OrderBy(type => type == typeof(Strategies) ? 0 : 1)
            .ThenBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>What makes sense of the rows of that name in the reports, or null: a suite, or the clients of <c>load</c>.</summary>
    public static ISuiteInterpretation? FindInterpretation(string reportName) =>
        reportName == ManyClients.Name ? new ManyClients() : Find(reportName);

    /// <summary>A suite of that name in the reports, or null.</summary>
    public static Suite? Find(string reportName) =>
        Types.Select(type => (Suite)Activator.CreateInstance(type)!).FirstOrDefault(suite => suite.ReportName == reportName);
}

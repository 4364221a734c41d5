using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Suites;

namespace Downloader.Benchmarks.Harness;

/// <summary>What BenchmarkDotNet's cases are in this project's words.</summary>
public static class CaseCatalogue
{
    /// <summary>All suites, the main one first.</summary>
    public static IReadOnlyList<Type> Suites { get; } =
    [
        .. typeof(Suite).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Suite)) && !type.IsAbstract)
            .OrderBy(type => type == typeof(Strategies) ? 0 : 1)
            .ThenBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>The suite a case belongs to, with its params set.</summary>
    public static Suite SuiteOf(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var suite = (Suite)Activator.CreateInstance(benchmarkCase.Descriptor.Type)!;
        foreach (var parameter in benchmarkCase.Parameters.Items.Where(parameter => !parameter.IsArgument))
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        return suite;
    }

    /// <summary>What the case does.</summary>
    public static DownloadCase Describe(BenchmarkCase benchmarkCase) => Describe(SuiteOf(benchmarkCase), benchmarkCase);

    /// <summary>What the case does, by its suite.</summary>
    public static DownloadCase Describe(Suite suite, BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var arguments = benchmarkCase.Parameters.Items.Where(parameter => parameter.IsArgument).Select(parameter => parameter.Value).ToArray();
        return suite.Describe(self => benchmarkCase.Descriptor.WorkloadMethod.Invoke(self, arguments));
    }
}

using System.Reflection;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Suites;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Translates BenchmarkDotNet's cases into suites and download cases.</summary>
public static class CaseCatalogue
{
    /// <summary>All suites, the main one first.</summary>
    public static IReadOnlyList<Type> Suites => SuiteCatalogue.Types;

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
    public static DownloadCase Describe(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var arguments = benchmarkCase.Parameters.Items.Where(parameter => parameter.IsArgument)
            .Select(parameter => parameter.Value).ToArray();
        var method = benchmarkCase.Descriptor.WorkloadMethod;
        return SuiteOf(benchmarkCase).Describe(self => method.Invoke(self, BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    /// <summary>The case as <c>--filter</c> takes it, after the suite's namespace.</summary>
    public static string GetFilterName(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var parameters = benchmarkCase.Parameters.Items.Select(parameter => $"{parameter.Name}: {parameter.Value}");
        return $"{benchmarkCase.Descriptor.Type.Name}.{benchmarkCase.Descriptor.WorkloadMethod.Name}"
            + (benchmarkCase.Parameters.Count == 0 ? "" : $"({string.Join(", ", parameters)})");
    }

    /// <summary>Cases of one group are compared with one baseline: those that differ in nothing but strategy and workers.</summary>
    public static string GetComparisonGroup(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var conditions = benchmarkCase.Parameters.Items.Where(parameter => parameter.Name != "workers")
            .Select(parameter => $"{parameter.Name}={parameter.Value}");
        return $"{benchmarkCase.Descriptor.Type.Name} {string.Join(' ', conditions)}";
    }
}

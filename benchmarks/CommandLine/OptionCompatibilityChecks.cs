using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Rejects options that are valid by themselves but do not fit the chosen cases, before anything is started.</summary>
internal static class OptionCompatibilityChecks
{
    /// <summary>Looks at every case.</summary>
    /// <exception cref="UsageException">An option and a case do not fit.</exception>
    /// <exception cref="ScenarioException">The scenario's options do not fit a suite's own scenario.</exception>
    public static void Check(IReadOnlyList<BenchmarkCase> cases, BenchmarkSettings settings)
    {
        var described = cases.Select(one => (Suite: CaseCatalogue.SuiteOf(one), Case: CaseCatalogue.Describe(one))).ToList();
        foreach (var (_, one) in described) one.Scenario.Validate();

        var fixedSuites = Suites(described.Where(one => !one.Suite.TakesWorkers));
        if (settings.Workers is { } workers && fixedSuites.Length > 0)
        {
            throw new UsageException(
                $"--workers {string.Join(',', workers)}: takes suites that compare worker counts; {fixedSuites} has its own. "
                + $"Choose with --filter {SuitesWithWorkers()}");
        }

        var fixedRetries = Suites(described.Where(one => !one.Suite.TakesRetries));
        if (settings.Retries > 0 && fixedRetries.Length > 0)
        {
            throw new UsageException(
                $"--retry {settings.Retries}: takes suites that do not compare retries; {fixedRetries} has its own. Choose "
                + "others with --filter");
        }

        var unpaced = Suites(described.Where(one => !one.Case.IsMadeByLibrary));
        if (settings.Rate is { } rate && unpaced.Length > 0)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--rate {rate}: takes cases whose requests the library makes; {unpaced} has others. Choose with --filter"));
        }

        CheckTool(described);
        if (!settings.Audit && Suites(described.Where(one => one.Case.AllowFailures)) is { Length: > 0 } failing)
        {
            throw new UsageException(
                $"--no-audit: takes suites whose downloads may not fail; {failing} counts failures, and the audit keeps them.");
        }

        var blocking = described.Select(one => one.Case)
            .Where(one => one.Scenario.Protocol == WireProtocol.Http2 && one.Strategy.Kind != StrategyKind.Asynchronous)
            .Select(one => one.StrategyName).Distinct().ToList();
        if (blocking.Count == 0) return;
        throw new UsageException("--protocol http2: takes asynchronous strategies, chosen with --filter; "
            + $"{string.Join(", ", blocking)} would send synchronously, which HTTP/2 cannot.");
    }

    /// <summary>The tool is measured as it is: it knows no certificate of the mock server, and speaks HTTP/2 over TLS only.</summary>
    private static void CheckTool(IEnumerable<(Suite Suite, DownloadCase Case)> described)
    {
        var (suite, other) = described.FirstOrDefault(one => one.Case is { Tool: not null, Scenario.Protocol: not WireProtocol.Http1 });
        if (suite is null) return;
        var protocol = other.Scenario.Protocol.ToString().ToLowerInvariant();
        throw new UsageException(
            $"--protocol {protocol}: must be http1 for cases that run the tool, which are those of {suite.GetType().Name}. Choose others "
            + "with --filter");
    }

    private static string SuitesWithWorkers() => string.Join(' ', CaseCatalogue.Suites
        .Where(type => ((Suite)Activator.CreateInstance(type)!).TakesWorkers).Select(type => $"'*.{type.Name}.*'"));

    private static string Suites(IEnumerable<(Suite Suite, DownloadCase Case)> described) =>
        string.Join(", ", described.Select(one => one.Suite.ReportName).Distinct());
}

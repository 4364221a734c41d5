using System.Collections.Concurrent;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using RunMode = BenchmarkDotNet.Diagnosers.RunMode;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Asks the server what it saw of each case's measured iterations, and turns it into metrics.</summary>
/// <remarks>BenchmarkDotNet signals before the first measured iteration and after the last; the child waits meanwhile. Warm-up stays outside.</remarks>
public sealed class ServerAuditDiagnoser(MockServerClient lab) : IDiagnoser
{
    // BenchmarkDotNet signals from a thread of its own, which an interrupted run does not wait for.
    private readonly ConcurrentDictionary<BenchmarkCase, CaseAudit> _evidence = [];
    private readonly Dictionary<string, CaseResult> _baselines = [];

    /// <inheritdoc/>
    public IEnumerable<string> Ids => ["Witness"];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>What the server saw of a case; null for a case that did not run to its end.</summary>
    public CaseAudit? GetAudit(BenchmarkCase benchmarkCase) => _evidence.GetValueOrDefault(benchmarkCase);

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var benchmarkCase = parameters.BenchmarkCase;
        switch (signal)
        {
            // A cold start is measured over several processes, and this diagnoser is asked about the last alone: their log is kept whole.
            case HostSignal.BeforeActualRun when benchmarkCase.Job.Run.RunStrategy != RunStrategy.ColdStart:
                lab.ResetAudit();
                break;
            case HostSignal.AfterActualRun:
                var log = lab.ReadAudit();
                var expected = Expectation.Of(CaseCatalogue.Describe(benchmarkCase));
                _evidence[benchmarkCase] = new CaseAudit(log, Auditor.Check(expected, log));
                break;
        }
    }

    /// <summary>Forgets what the server saw of the case before this one.</summary>
    public void Begin() => lab.ResetAudit();

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var benchmarkCase = results.BenchmarkCase;
        var row = CaseResultBuilder.Build(benchmarkCase, results.Measurements, GetAudit(benchmarkCase), isAudited: true);
        if (row.Processes.Count == 0) return [];
        var group = CaseCatalogue.GetComparisonGroup(benchmarkCase);
        if (row.IsBaseline) _baselines[group] = row;
        return CaseMetrics.For(row, _baselines.GetValueOrDefault(group));
    }

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
        foreach (var (benchmarkCase, evidence) in _evidence)
        {
            foreach (var finding in evidence.Findings) logger.WriteLineError($"Audit of {benchmarkCase.DisplayInfo}: {finding}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];
}

using System.Collections.Concurrent;
using System.Diagnostics;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;
using RunMode = BenchmarkDotNet.Diagnosers.RunMode;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Prepares the server for each process of a case, and reads what it saw of the measured iterations.</summary>
/// <remarks>BenchmarkDotNet signals before the first measured iteration of a process and after the last; the child waits
/// meanwhile.</remarks>
/// <param name="controlClient">Controls the server.</param>
/// <param name="isAudited">Whether the server logs the requests and its log is read.</param>
public sealed class ServerAuditDiagnoser(MockServerClient controlClient, bool isAudited) : IDiagnoser
{
    // BenchmarkDotNet signals from a thread of its own, which an interrupted run does not wait for.
    private readonly ConcurrentDictionary<BenchmarkCase, CaseAudit> _audits = [];
    private volatile MockServerControlException? _failure;
    private volatile Process? _process;

    /// <inheritdoc/>
    public IEnumerable<string> Ids => ["ServerAudit"];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>Whether the server logs the requests and its log is read.</summary>
    public bool IsAudited => isAudited;

    /// <summary>The server's log of a scheduled case and its findings; null for one that did not run to its end.</summary>
    public CaseAudit? GetAudit(BenchmarkCase scheduled) => _audits.GetValueOrDefault(scheduled);

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <summary>Prepares the server for a case. Here and not in the child, whose first HTTP request has to be a measured one.</summary>
    /// <exception cref="MockServerControlException">The server does not answer.</exception>
    public void PrepareServer(BenchmarkCase benchmarkCase)
    {
        controlClient.SetScenario(CaseCatalogue.Describe(benchmarkCase).Scenario);
        ForgetLog();
    }

    /// <summary>Throws when the server failed while a case ran, or does not answer now.</summary>
    /// <exception cref="MockServerControlException">The server failed.</exception>
    public void ThrowIfServerFailed()
    {
        if (_failure is { } failure) throw failure;
        controlClient.GetEndpoints();
    }

    /// <summary>Why a control request failed, in one line. A broken connection alone does not show whether the server still runs: a new one
    /// does.</summary>
    public string ExplainFailure(MockServerControlException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        using var newClient = new MockServerClient(controlClient.Server);
        try
        {
            newClient.GetEndpoints();
            return failure.Message;
        }
        catch (MockServerControlException current)
        {
            return current.Message;
        }
    }

    /// <summary>Ends the process of the case under way.</summary>
    public void KillProcess()
    {
        try
        {
            _process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            switch (signal)
            {
                case HostSignal.AfterProcessStart:
                    _process = parameters.Process;
                    break;
                case HostSignal.BeforeActualRun:
                    BeforeMeasuredIterations(parameters.BenchmarkCase);
                    break;
                case HostSignal.AfterActualRun when isAudited:
                    Audit(parameters.BenchmarkCase);
                    break;
                case HostSignal.AfterProcessExit:
                    _process = null;
                    break;
            }
        }
        catch (MockServerControlException e)
        {
            // An exception would end BenchmarkDotNet's signal thread, and the child would wait for it for ever.
            _failure = e;
        }
    }

    /// <summary>None: the metrics of a case come from all its processes.</summary>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results) => [];

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
        foreach (var (benchmarkCase, audit) in _audits)
        {
            foreach (var finding in audit.Findings) logger.WriteLineError($"Audit of {benchmarkCase.DisplayInfo}: {finding}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private void BeforeMeasuredIterations(BenchmarkCase benchmarkCase)
    {
        ForgetLog();
        // The child announces an iteration itself, unless it is the first run of its process.
        if (!CaseCatalogue.SuiteOf(benchmarkCase).HasWarmUp) controlClient.BeginIteration();
    }

    private void Audit(BenchmarkCase benchmarkCase)
    {
        var log = controlClient.ReadAudit();
        var expected = ExpectationFactory.Create(CaseCatalogue.Describe(benchmarkCase));
        _audits[benchmarkCase] = new CaseAudit(log, Auditor.Check(expected, log));
    }

    private void ForgetLog()
    {
        if (isAudited) controlClient.ResetAudit();
        else controlClient.StopAudit();
    }
}

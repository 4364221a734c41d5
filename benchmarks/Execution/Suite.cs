using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>A set of benchmark cases under one scenario. The child process runs them and the host describes them through the same
/// <c>[Benchmark]</c> method, so that the case that is audited and reported is the case that is run.</summary>
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls CleanUp.")]
public abstract class Suite : ISuiteInterpretation
{
    private CaseRunner? _runner;
    private DownloadCase? _described;
    private bool _describing;
    private Scenario? _scenario;
    private BenchmarkSettings? _scenarioSettings;

    /// <summary>The question it answers, a sentence.</summary>
    public abstract string Question { get; }

    /// <inheritdoc/>
    public virtual bool ShowsIdealMs => false;

    /// <summary>The name of its table in the report; suites of the same name share a table.</summary>
    public virtual string ReportName => GetType().Name;

    /// <summary>What a reader must know beside the rows, such as cases left out and why.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>How often each case is run. One warm-up, of 0.3 s or more, opens the connections and compiles the path. The unit of all
    /// statistics is a process, whose median three iterations give: two processes differ by more than the iterations of one, so time is
    /// better spent on rounds.</summary>
    public virtual MeasurementPlan Plan => new(WarmUps: 1, Iterations: 3);

    /// <summary>How often the suite's list of cases is run, each case in a fresh process.</summary>
    public int Rounds => Settings.Rounds ?? (Settings.Quick ? 1 : Plan.Rounds);

    /// <summary>Whether <c>--workers</c> changes its cases.</summary>
    public virtual bool TakesWorkers => false;

    /// <summary>Whether <c>--retry</c> changes its cases: not where retries are what it compares.</summary>
    public virtual bool TakesRetries => true;

    /// <summary>Whether its cases download the pages that the scenario lists: not where it is about pages of a certain size.</summary>
    public virtual bool TakesPages => true;

    /// <summary>The scenario in force: the suite's own, as the command line changed it.</summary>
    public Scenario Scenario
    {
        get
        {
            // Every iteration asks for it within its measured time: a long table of options is parsed once.
            if (_scenario is null || !ReferenceEquals(_scenarioSettings, Settings))
            {
                var scenario = Settings.Apply(DefaultScenario);
                _scenario = TakesPages ? scenario : scenario with { Pages = null };
                _scenarioSettings = Settings;
            }

            return _scenario;
        }
    }

    /// <summary>Downloads per iteration.</summary>
    public int Downloads => Settings.Downloads ?? DefaultDownloads;

    /// <summary>The scenario this suite is made for.</summary>
    protected abstract Scenario DefaultScenario { get; }

    /// <summary>The number of downloads this suite is made for.</summary>
    protected abstract int DefaultDownloads { get; }

    /// <summary>What the command line asked for.</summary>
    protected static BenchmarkSettings Settings => BenchmarkSettings.Current;

    /// <summary>Whether the first run of a process is one of warm-up rather than measured.</summary>
    public bool HasWarmUp => Settings.HasWarmUp && Plan.WarmUps > 0;

    /// <summary>Makes what runs the case, and reads the scenario's options: no program that downloads has them at its start.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _ = Scenario;
        _runner = new CaseRunner(Settings, HasWarmUp);
    }

    /// <summary>Announces an iteration to the server.</summary>
    [IterationSetup]
    public void BeginIteration() => _runner!.BeginIteration();

    /// <summary>Announces the end of the iteration to the server, and reports it.</summary>
    [IterationCleanup]
    public void EndIteration() => _runner!.EndIteration();

    /// <summary>Closes what the case used.</summary>
    [GlobalCleanup]
    public void CleanUp() => _runner?.Dispose();

    /// <inheritdoc/>
    public abstract Conclusion Conclude(SuiteAnalysis suite);

    /// <inheritdoc/>
    public virtual IEnumerable<string> DescribeRateLimited(SuiteAnalysis suite) => [];

    /// <inheritdoc/>
    public abstract IReadOnlyList<Chart> Charts(SuiteAnalysis suite);

    /// <summary>Its notes, and what the command line changed in its cases beside the scenario.</summary>
    public IReadOnlyList<string> NotesOnRun
    {
        get
        {
            List<string> notes = [.. Notes];
            if (Settings.Calibration is { } calibration)
            {
                var changes = Settings.ScenarioArguments.Count == 0 ? "" : $", changed by {string.Join(' ', Settings.ScenarioArguments)}";
                notes.Add($"The server's conditions are those of {ReportFormat.YourServer(calibration)}{changes}.");
            }

            if (Settings.Retries > 0 && TakesRetries)
                notes.Add($"Failed downloads are tried again up to {Settings.Retries} times, after Retry-After where the server sends it.");
            if (Settings.Rate is { } rate)
                notes.Add($"The client sends {ReportFormat.Number(rate)} requests per second at most, on average; retries included.");
            return notes;
        }
    }

    /// <summary>What a benchmark method does.</summary>
    /// <param name="method">Calls the method on this suite.</param>
    public DownloadCase Describe(Action<Suite> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        _describing = true;
        method(this);
        _describing = false;
        return _described!;
    }

    /// <summary>A case under the suite's own scenario.</summary>
    protected DownloadCase Case(string strategy, int? workers = null) =>
        new(strategy, workers, Scenario, Downloads)
        {
            MaxRetries = TakesRetries ? Settings.Retries : 0,
            Rate = Settings.Rate,
        };

    /// <summary>The body of every benchmark method.</summary>
    protected Task Run(DownloadCase downloadCase)
    {
        if (!_describing) return _runner!.Run(downloadCase);
        _described = downloadCase;
        return Task.CompletedTask;
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>What the command line asked for, and where the server is. BenchmarkDotNet's child processes inherit it through the environment,
/// so that host and child see the same cases.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>The environment variable that holds the settings. The build reads it too: see the project file.</summary>
    public const string EnvironmentVariableName = "DOWNLOADER_SETTINGS";

    private static readonly AsyncLocal<StrongBox<BenchmarkSettings>?> OfContext = new();
    private static BenchmarkSettings _ofProcess = FromEnvironment();

    /// <summary>The settings of this process, or of a call context that <see cref="Isolate"/> has separated.</summary>
    public static BenchmarkSettings Current => OfContext.Value is { } box ? box.Value! : _ofProcess;

    /// <summary>The mock server's address.</summary>
    public Uri? Server { get; init; }

    /// <summary>The token of the run that holds the mock server; without it the child could not change the server's state.</summary>
    public string? RunToken { get; init; }

    /// <summary>Where the mock server listens, by protocol. The host asks the server, so that a child sends no HTTP request of its own
    /// before its first run: a cold start would find HttpClient loaded.</summary>
    public ServerEndpoints? Endpoints { get; init; }

    /// <summary>Worker counts instead of each suite's own.</summary>
    public IReadOnlyList<int>? Workers { get; init; }

    /// <summary>Downloads per iteration instead of each suite's own.</summary>
    public int? Downloads { get; init; }

    /// <summary>How often a failed download is tried again, at most; 0 for never.</summary>
    public int Retries { get; init; }

    /// <summary>The most requests per second that the client of a case sends, retries included; null for no limit.</summary>
    public double? Rate { get; init; }

    /// <summary>The scenario of a file, as options that are laid over each suite's own scenario; where it was learnt from a server, they
    /// take its place.</summary>
    public IReadOnlyList<string> ScenarioFileArguments { get; init; } = [];

    /// <summary>Scenario options laid over each suite's own scenario and that of a file.</summary>
    public IReadOnlyList<string> ScenarioArguments { get; init; } = [];

    /// <summary>Where the scenario of the file was learnt; null where there is no such file.</summary>
    public CalibrationSummary? Calibration { get; init; }

    /// <summary>Rounds instead of each suite's own number.</summary>
    public int? Rounds { get; init; }

    /// <summary>The seed that shuffles the cases of each round.</summary>
    public int ShuffleSeed { get; init; }

    /// <summary>Whether each round waits until a line can be read from standard input: <c>compare</c> lets the rounds of two runs
    /// alternate.</summary>
    public bool WaitsBeforeRounds { get; init; }

    /// <summary>Few small cases, to see that everything works.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether a case's first iteration is one of warm-up.</summary>
    public bool HasWarmUp { get; init; } = true;

    /// <summary>The tool, where cases run it; the host builds it before the first of them.</summary>
    public ToolPrograms? Tool { get; init; }

    /// <summary>Whether the server logs the requests, and the log is checked.</summary>
    public bool Audit { get; init; } = true;

    /// <summary>A suite's scenario, as the command line changed it. A limit of the suite that a calibrated server does not have would make
    /// the conditions others than those of the server.</summary>
    public Scenario Apply(Scenario scenario) =>
        Apply(ScenarioArguments, Apply(ScenarioFileArguments, Calibration is null ? scenario : new Scenario()));

    /// <summary>Makes these the settings of this process and of those it starts.</summary>
    public void ApplyToProcess()
    {
        if (OfContext.Value is { } box)
        {
            box.Value = this;
            return;
        }

        _ofProcess = this;
        Environment.SetEnvironmentVariable(EnvironmentVariableName, JsonSerializer.Serialize(this));
    }

    /// <summary>Gives the call context of the caller settings of its own, the default ones: what it applies from here on reaches neither
    /// the process nor its environment. Tests call several command lines at the same time; none of them may start a child
    /// process.</summary>
    internal static void Isolate() => OfContext.Value = new StrongBox<BenchmarkSettings>(new BenchmarkSettings());

    private static Scenario Apply(IReadOnlyList<string> arguments, Scenario scenario) =>
        arguments.Count == 0 ? scenario : ScenarioOptions.Parse(arguments, scenario);

    private static BenchmarkSettings FromEnvironment()
    {
        var json = Environment.GetEnvironmentVariable(EnvironmentVariableName);
        return string.IsNullOrEmpty(json) ? new BenchmarkSettings() : JsonSerializer.Deserialize<BenchmarkSettings>(json)!;
    }
}

using System.Text.Json;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Execution;

/// <summary>What the command line asked for. It reaches BenchmarkDotNet's child processes through the environment, which they inherit;
/// so host and child see the same cases.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>The environment variable that holds the settings. The build looks at it too: see the project file.</summary>
    public const string Variable = "DOWNLOADER_SETTINGS";

    /// <summary>The settings of this process.</summary>
    public static BenchmarkSettings Current { get; private set; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } json ? JsonSerializer.Deserialize<BenchmarkSettings>(json)! : new BenchmarkSettings();

    /// <summary>The mock server's address.</summary>
    public Uri? Server { get; init; }

    /// <summary>The token of the run that holds the mock server; without it the child could not change the server's state.</summary>
    public string? RunToken { get; init; }

    /// <summary>Worker counts instead of each suite's own.</summary>
    public IReadOnlyList<int>? Workers { get; init; }

    /// <summary>Downloads per iteration instead of each suite's own.</summary>
    public int? Downloads { get; init; }

    /// <summary>Scenario options laid over each suite's own scenario.</summary>
    public IReadOnlyList<string> Scenario { get; init; } = [];

    /// <summary>Few small cases: does it all work?</summary>
    public bool Quick { get; init; }

    /// <summary>Whether a case's first iteration is one of warm-up.</summary>
    public bool WarmsUp { get; init; } = true;

    /// <summary>Whether the server logs what it sees, and is asked for it.</summary>
    public bool Audit { get; init; } = true;

    /// <summary>A suite's scenario, as the command line changed it.</summary>
    public Scenario Apply(Scenario scenario) => Scenario.Count == 0 ? scenario : ScenarioOptions.Parse(Scenario, scenario);

    /// <summary>Makes these the settings of this process and of those it starts.</summary>
    public void Use()
    {
        Current = this;
        Environment.SetEnvironmentVariable(Variable, JsonSerializer.Serialize(this));
    }
}

using Downloader.Tests.Support;
namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A small run of the main suite with settings of its own, for a class of tests to look at.</summary>
public sealed class MeasuredRun : IDisposable
{
    private readonly RunningProgram _program = new(BuiltProgram.Release,
    [
        "--quick", "--workers", "3,7", "--downloads", "20", "--latency", "5", "--filter", "*.Strategies.Sequential", "*.Strategies.WhenAll(*",
    ]);

    public MeasuredRun()
    {
        Outcome = _program.End();
        Alive = _program.Alive();
    }

    public Outcome Outcome { get; }

    /// <summary>What was still running when it had ended.</summary>
    public IReadOnlyList<string> Alive { get; }

    /// <summary>Where the reports are.</summary>
    public string Results => Path.Combine(_program.Folder, "BenchmarkDotNet.Artifacts", "results");

    /// <summary>The text of the one report whose name ends so.</summary>
    public string Report(string ending) => File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Results, $"*Strategies{ending}")));

    public void Dispose() => _program.Dispose();
}

using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A small run of the main suite with settings of its own, for a class of tests to look at.</summary>
public sealed class MeasuredRun : IDisposable
{
    private readonly RunningProgram _program = BenchmarkProgram.Start(
    [
        "--quick", "--rounds", "2", "--shuffle-seed", "5", "--workers", "3,7", "--downloads", "20", "--latency", "20",
        "--filter", "*.Strategies.Sequential", "*.Strategies.WhenAll(*",
    ]);

    public MeasuredRun() => Result = _program.WaitForExit();

    public ProgramResult Result { get; }

    /// <summary>Where the reports are.</summary>
    public string ReportFolder => Path.Combine(_program.Folder, "BenchmarkDotNet.Artifacts", "results");

    /// <summary>Asserts that nothing it started still runs.</summary>
    public void AssertNoProcessLeft() => _program.AssertNoProcessLeft();

    /// <summary>The text of the one report whose name ends so.</summary>
    public string ReadReport(string ending) =>
        File.ReadAllText(Assert.Single(Directory.EnumerateFiles(ReportFolder, $"*Strategies{ending}")));

    public void Dispose() => _program.Dispose();
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>calibrate --run</c>: the strategies that people choose among, measured against the replay of the server.</summary>
internal static class ReplayRun
{
    private const string Default = "WorkerLoops";
    private static readonly string[] Shortlist = ["Sequential", "WhenAll(*", "ParallelForEachAsync(*", $"{Default}(*", "Channel(*"];

    /// <summary>Runs them.</summary>
    /// <param name="recommendation">How many workers, and at which pace.</param>
    /// <param name="file">The server.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(WorkerRecommendation recommendation, ScenarioFile file)
    {
        var code = BenchmarkRun.Execute(
            CreateSettings(recommendation, file),
            ["--filter", .. Shortlist.Select(name => $"{typeof(Strategies).FullName}.{name}")],
            verbose: false);
        if (code != ExitCode.Success) return code;
        var strategy = GetRecommended() ?? Default;
        Console.WriteLine();
        Console.WriteLine(RecommendedUse.GetCommand(recommendation, strategy));
        Console.WriteLine();
        foreach (var line in RecommendedUse.GetCode(recommendation, strategy)) Console.WriteLine(line);
        return code;
    }

    /// <summary>The conditions of the server, and the client that is recommended: with its retries, since nothing is compared where
    /// downloads fail.</summary>
    internal static BenchmarkSettings CreateSettings(WorkerRecommendation recommendation, ScenarioFile file) => new()
    {
        Workers = [recommendation.Workers],
        Rate = recommendation.RatePerSecond,
        Retries = RecommendedUse.Retries,
        ShuffleSeed = (int)(DateTimeOffset.Now.ToUnixTimeMilliseconds() % 100_000),
        ScenarioFileArguments = ScenarioOptions.Write(file.Scenario).Split(' '),
        Calibration = file.Calibration,
    };

    /// <summary>The strategy that the report recommends; null where it recommends none.</summary>
    private static string? GetRecommended()
    {
        var report = RunResultFile.Read(Path.GetFullPath(Path.Combine("BenchmarkDotNet.Artifacts", "results", "report.json")));
        return RunAnalysis.Create(report, SuiteCatalogue.Find).Suites[0].Recommendation?.Choice.Result.Strategy;
    }
}

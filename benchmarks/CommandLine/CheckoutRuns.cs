using System.Diagnostics;
using System.Globalization;
using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Measures two checkouts in rounds that alternate, and shows how far they are.</summary>
/// <param name="baseAssembly">The benchmarks' assembly of the other checkout.</param>
/// <param name="comparison">What is compared.</param>
/// <param name="console">The screen.</param>
/// <param name="interrupted">Ends both runs.</param>
internal sealed class CheckoutRuns(
    string baseAssembly, CheckoutComparison comparison, IAnsiConsole console, CancellationToken interrupted)
{
    private const string BaseName = "base";
    private const string CandidateName = "candidate";

    /// <summary>Measures both.</summary>
    /// <param name="folderName">The folder below the artifacts in which each has a folder of its own.</param>
    /// <param name="benchmarkDotNetArguments">BenchmarkDotNet's.</param>
    /// <exception cref="UsageException">The base does not take the arguments.</exception>
    /// <exception cref="MeasurementException">A run failed and has measured nothing.</exception>
    /// <exception cref="OperationCanceledException">Both were interrupted before they had measured anything.</exception>
    public async Task<MeasuredPair> MeasureAsync(string folderName, IReadOnlyList<string> benchmarkDotNetArguments)
    {
        var folder = Path.Combine(comparison.Artifacts, folderName);
        // An older run's data must not be taken for this one's.
        string[] reports = [ReportPath(folder, BaseName), ReportPath(folder, CandidateName)];
        foreach (var older in reports.Where(File.Exists)) File.Delete(older);
        using var first = Start(BaseName, baseAssembly);
        using var second = Start(CandidateName, CheckoutBuild.Own);
        var progress = new Progress(console, comparison.Rounds);
        try
        {
            await new InterleavedRun(first, second).RunAsync(
                side => console.WriteLine($"Building the benchmarks of the {side.Name}"), progress.OnRoundEnded, interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            console.WriteLine("Interrupted: both runs have ended.");
        }

        return new MeasuredPair(
            new ComparedRun(comparison.BaseFolder, Read(first, folder)),
            new ComparedRun("this checkout", Read(second, folder)),
            [ReportPath(folder, BaseName), ReportPath(folder, CandidateName)])
        {
            HasFailed = first.ExitCode == ExitCode.Failure || second.ExitCode == ExitCode.Failure,
            IsInterrupted = interrupted.IsCancellationRequested,
        };

        InterleavedSide Start(string name, string assembly) => new(name, assembly,
        [
            .. benchmarkDotNetArguments, .. comparison.OwnArguments, BenchmarkOptions.RoundGateOption,
            "--rounds", comparison.Rounds.ToString(CultureInfo.InvariantCulture),
            "--shuffle-seed", comparison.Settings.ShuffleSeed.ToString(CultureInfo.InvariantCulture),
            "--artifacts", Path.Combine(folder, name),
        ]);
    }

    private static string ReportPath(string folder, string name) => Path.Combine(folder, name, "results", "report.json");

    /// <summary>What a side has measured. What it complained of goes to standard error.</summary>
    private RunResult Read(InterleavedSide side, string folder)
    {
        var errors = side.Errors;
        if (File.Exists(ReportPath(folder, side.Name)))
        {
            foreach (var error in errors) Console.Error.WriteLine($"{side.Name}: {error}");
            return RunResultFile.Read(ReportPath(folder, side.Name));
        }

        interrupted.ThrowIfCancellationRequested();
        if (errors.Any(error => error.Contains("'round-gate' is unknown", StringComparison.Ordinal)))
        {
            throw new UsageException(
                $"--base {comparison.BaseFolder}: must be a checkout that has the command compare; it is too old to run round by round.");
        }

        var reason = errors.Count > 0 ? errors[0] : $"it ended with code {side.ExitCode} and gave no reason.";
        if (side.ExitCode == ExitCode.Usage && side.Name == BaseName)
            throw new UsageException($"--base {comparison.BaseFolder}: does not take these arguments: {reason}");
        throw new MeasurementException($"The {side.Name} failed: {reason}");
    }

    /// <summary>A line for each round that ended.</summary>
    private sealed class Progress(IAnsiConsole console, int rounds)
    {
        private readonly Stopwatch _watch = new();
        private readonly Dictionary<string, int> _ended = [];

        public void OnRoundEnded(InterleavedSide side)
        {
            var round = _ended[side.Name] = _ended.GetValueOrDefault(side.Name) + 1;
            // The two were built before the first round: time is counted from its end.
            _watch.Start();
            console.Profile.Out.Writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Round {InSuite(round)} of {rounds} of the {side.Name,-9}  {_watch.Elapsed.TotalMinutes:0.0} min"));
        }

        /// <summary>Each suite has rounds of its own.</summary>
        private int InSuite(int round) => ((round - 1) % rounds) + 1;
    }
}

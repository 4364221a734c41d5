#:project ../benchmarks/Downloader.Benchmarks.csproj
#:property PublishAot=false

// Whether the intervals of a run hold in the next ones, from the report.json of several runs of the same cases:
//   dotnet run -c Release experiments/coverage.cs -- RUN1.json RUN2.json …
using System.Globalization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using MathNet.Numerics.Statistics;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var runs = args.Select(path => RunAnalysis.Create(RunResultFile.Read(path), SuiteCatalogue.Find)).ToArray();
if (runs.Length < 2)
{
    Console.Error.WriteLine("Expected the report.json of two runs or more.");
    return 2;
}

foreach (var suite in runs.SelectMany(run => run.Suites).GroupBy(suite => suite.Result.Name))
{
    Console.WriteLine($"## {suite.Key}: {suite.Count()} runs\n");
    var rows = suite.SelectMany(run => run.Rows).Where(row => row.Speedup?.Error is not null && !row.Result.IsBaseline)
        .GroupBy(row => row.FullName, row => row.Speedup!.Value).Where(row => row.Count() > 1)
        .Select(row => new RowCoverage(row.Key, [.. row])).ToArray();
    Console.WriteLine("| row | runs | mean speedup | runs differ by | intervals with the mean | pairs that overlap |");
    Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
    foreach (var row in rows)
    {
        Console.WriteLine($"| {row.Name} | {row.Speedups.Count} | {row.Mean:0.0} | {100 * row.Deviation:0.0} % "
            + $"| {row.Covering} of {row.Speedups.Count} | {row.Overlapping} of {row.Pairs} |");
    }

    var (covering, intervals) = (rows.Sum(row => row.Covering), rows.Sum(row => row.Speedups.Count));
    var (overlapping, pairs) = (rows.Sum(row => row.Overlapping), rows.Sum(row => row.Pairs));
    Console.WriteLine($"\nIntervals that hold the mean over all runs: {covering} of {intervals}, {100.0 * covering / intervals:0.0} %. "
        + $"Pairs of runs whose intervals overlap: {overlapping} of {pairs}, {100.0 * overlapping / pairs:0.0} %.\n");
    Console.WriteLine("Noise that the runs printed: "
        + $"{string.Join(", ", suite.Select(run => run.Noise is { } noise ? $"{100 * noise.TypicalDeviation:0.0} %" : "none"))}.\n");
    Console.WriteLine("Rows that the conclusion names best or tie:\n");
    foreach (var answer in suite.CountBy(Ties).OrderByDescending(answer => answer.Value))
        Console.WriteLine($"- {answer.Value} of {suite.Count()}: {answer.Key}");
    Console.WriteLine("\nRecommended:\n");
    foreach (var answer in suite.CountBy(Recommended).OrderByDescending(answer => answer.Value))
        Console.WriteLine($"- {answer.Value} of {suite.Count()}: {answer.Key}");
    Console.WriteLine();
}

return 0;

static string Ties(SuiteAnalysis suite)
{
    var ties = suite.Rows.Where(row => row.VersusBest?.Standing == Standing.BestOrTie).Select(row => row.FullName).ToArray();
    return ties.Length == 0 ? "none" : string.Join(", ", ties);
}

static string Recommended(SuiteAnalysis suite) => suite.Conclusion.Recommended?.Split([',', '.'])[0] ?? "nothing";

/// <summary>A row's speedups in several runs.</summary>
internal sealed record RowCoverage(string Name, IReadOnlyList<Estimate> Speedups)
{
    public double Mean { get; } = Speedups.Select(speedup => speedup.Value).GeometricMean();

    public double Deviation => Speedups.Select(speedup => Math.Log(speedup.Value)).StandardDeviation();

    public int Covering => Speedups.Count(speedup => Math.Abs(speedup.Value - Mean) <= speedup.Error);

    public int Pairs => Speedups.Count * (Speedups.Count - 1) / 2;

    public int Overlapping => Speedups.SelectMany((one, index) => Speedups.Skip(index + 1).Select(other => (one, other)))
        .Count(pair => Math.Abs(pair.one.Value - pair.other.Value) <= pair.one.Error + pair.other.Error);
}

#:project ../benchmarks/Downloader.Benchmarks.csproj
#:property PublishAot=false

// Whether runs on a busy machine contradict a quiet one:
//   dotnet run -c Release experiments/noise.cs -- QUIET.json NOISY1.json NOISY2.json …
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;

var runs = args.Select(path => RunAnalysis.Create(RunResultFile.Read(path), SuiteCatalogue.Find)).ToArray();
if (runs.Length < 2)
{
    Console.Error.WriteLine("Expected the report.json of a quiet run and those of noisy ones.");
    return 2;
}

var contradictions = 0;
foreach (var quiet in runs[0].Suites)
{
    Console.WriteLine($"## {quiet.Result.Name}\n");
    Write("quiet", quiet, []);
    foreach (var (number, run) in runs.Index().Skip(1))
    {
        var noisy = run.Suites.Single(suite => suite.Result.Name == quiet.Result.Name);
        string[] found = [.. Contradictions(quiet, noisy)];
        contradictions += found.Length;
        Write($"noisy {number}", noisy, found);
    }
}

Console.WriteLine($"Contradictions: {contradictions}.\n");
return contradictions == 0 ? 0 : 1;

static void Write(string name, SuiteAnalysis suite, string[] contradictions)
{
    Console.WriteLine($"**{name}**, processes differ by {(suite.Noise is { } noise ? $"{100 * noise.TypicalDeviation:0.0} %" : "?")}:");
    foreach (var sentence in suite.Conclusion.Sentences) Console.WriteLine($"- {sentence}");
    if (suite.Conclusion.Recommended is { } recommended) Console.WriteLine($"- {recommended}");
    foreach (var contradiction in contradictions) Console.WriteLine($"- **Contradicts the quiet run:** {contradiction}");
    Console.WriteLine();
}

// A claim of the noisy run is held against the quiet run's intervals: what these leave undecided contradicts nothing.
static IEnumerable<string> Contradictions(SuiteAnalysis quiet, SuiteAnalysis noisy)
{
    foreach (var row in noisy.Rows)
    {
        if (quiet.Rows.FirstOrDefault(other => other.FullName == row.FullName) is not { } same) continue;
        if (row.VersusBest?.Standing == Standing.BestOrTie && same.VersusBest?.Standing == Standing.Slower)
            yield return $"{row.FullName} is called best or tie, and is slower.";
        if (row.VersusBest?.Standing == Standing.Slower && same.VersusBest?.Standing == Standing.BestOrTie)
            yield return $"{row.FullName} is called slower, and is best or tie.";
        if (row.IsStarved && !same.IsStarved) yield return $"{row.FullName} is called starved, and is not.";
    }

    if (noisy.Conclusion.Recommended is null || noisy.Recommendation is not { } recommendation) yield break;
    var choice = quiet.Rows.FirstOrDefault(row => row.FullName == recommendation.Choice.FullName);
    if (choice?.VersusBest?.Standing == Standing.Slower) yield return $"{choice.FullName} is recommended, and is slower than the best.";
}

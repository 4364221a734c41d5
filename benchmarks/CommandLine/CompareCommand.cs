using System.CommandLine;
using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Results;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>compare</c>: two earlier runs, or another checkout of this project against this one.</summary>
internal sealed class CompareCommand
{
    private const int DefaultRounds = 10;

    /// <summary>Both runs have the same seed, whether it was given or not.</summary>
    private const string SeedOption = "--shuffle-seed";

    private const string Help = """
        Compare two runs.

        compare BASE.json CANDIDATE.json
          Two earlier runs (their report.json). What changed on the machine between the two is not in the intervals.

        compare --base DIR [--rounds 10] [--filter …] [--gate 10%]
          The checkout in DIR (base) against this one (candidate). Both are built once; then their rounds alternate A B B A.
          Options of a run (--filter, --workers, --downloads, --latency …) go to both. --gate 10% says that a slowdown of 10 %
          must be found. Exit code 3: a case is slower beyond doubt, its estimate is at least half of the gate (here 5 %), and
          fresh rounds show the same.

        It writes compare.html and compare.md, and appends to the file that GITHUB_STEP_SUMMARY names, where it is set.
        Exit codes: 0 all well, 1 something failed, 2 invalid arguments, 3 regression found, 130 interrupted.
        """;

    private static readonly string[] OwnOptions = ["--rounds", "--server", "--verbose", BenchmarkOptions.RoundGateOption];

    private readonly BenchmarkOptions _benchmarkOptions = new();
    private readonly IReadOnlyList<Option> _runOptions;
    private readonly Option<string?> _base = new("--base")
    {
        Description = "A checkout of this project, which is compared with this one.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _rounds = NumberOption.CreateInt(
        "--rounds", $"Rounds of each checkout (default {DefaultRounds}).", 2, RegressionGate.MaxProposedRounds);
    private readonly Option<double?> _gate = PercentOption.Create(
        "--gate",
        "The slowdown that must be found: exit code 3 when a case is slower beyond doubt, and by at least half of this. Allocations are "
            + "gated at 2 %.",
        1,
        100);
    private readonly Option<string> _artifacts = new("--artifacts")
    {
        Description = "Where the files go (default ./BenchmarkDotNet.Artifacts).",
        HelpName = "DIR",
        DefaultValueFactory = _ => "BenchmarkDotNet.Artifacts",
    };

    public CompareCommand() =>
        _runOptions = [.. _benchmarkOptions.All.Where(option => !OwnOptions.Contains(option.Name))];

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        var command = new Command("compare", Help) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in (Option[])[_base, _rounds, _gate, _artifacts, .. _runOptions]) command.Add(option);
        command.SetAction((result, _) => ExecuteAsync(result));
        return command;
    }

    private Task<int> ExecuteAsync(ParseResult result)
    {
        RejectUnknown(result);
        var artifacts = Path.GetFullPath(result.GetValue(_artifacts)!);
        if (result.GetValue(_base) is not { } folder) return Task.FromResult(CompareFiles(GetFiles(result), artifacts));
        return new CheckoutComparison
        {
            BaseFolder = Path.GetFullPath(folder),
            Rounds = result.GetValue(_rounds) ?? DefaultRounds,
            Gate = result.GetValue(_gate),
            Artifacts = artifacts,
            Settings = _benchmarkOptions.GetSettings(result),
            OwnArguments = GetSpecified(result, _runOptions.Where(option => option.Name != SeedOption)),
            BenchmarkDotNetArguments = [.. result.UnmatchedTokens],
        }.ExecuteAsync(AnsiConsole.Console);
    }

    /// <summary>Rejects an option that neither this command nor BenchmarkDotNet has. Those of a run that cannot be used here are refused
    /// later, with the reason.</summary>
    private static void RejectUnknown(ParseResult result)
    {
        var unknown = result.UnmatchedTokens.FirstOrDefault(token =>
            token.StartsWith("--", StringComparison.Ordinal) && !IsKnown(UnknownOption.GetName(token)));
        if (unknown is not null) throw UnknownOption.CreateError(unknown, result.CommandResult.Command);
    }

    /// <summary>BenchmarkDotNet ignores the case of its options.</summary>
    private static bool IsKnown(string name) =>
        OwnOptions.Contains($"--{name}") || BenchmarkArguments.OptionNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static int CompareFiles((string Base, string Candidate) files, string artifacts)
    {
        var comparison = RunComparison.Create(Read(files.Base), Read(files.Candidate), isPaired: false, gate: null);
        using var taken = ArtifactsFolder.Take(artifacts);
        return CompareResultWriter.Write(comparison, artifacts, AnsiConsole.Console) ? ExitCode.Success : ExitCode.Failure;
    }

    private static ComparedRun Read(string file) => new(file, RunResultFile.Read(Path.GetFullPath(file)));

    /// <summary>The two files, where nothing else was asked for.</summary>
    private (string Base, string Candidate) GetFiles(ParseResult result)
    {
        const string OnlyWithBase =
            "takes --base DIR: two earlier runs are compared as they are, and drift between them is in no interval.";
        if (result.GetResult(_gate) is { Implicit: false, Tokens: [var gate] }) throw new UsageException($"--gate {gate}: {OnlyWithBase}");
        if (result.GetResult(_rounds) is { Implicit: false, Tokens: [var rounds] })
            throw new UsageException($"--rounds {rounds}: {OnlyWithBase}");
        if (GetSpecified(result, _runOptions) is [var option, ..]) throw new UsageException($"{option}: {OnlyWithBase}");
        if (result.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } unknown)
            throw new UsageException($"{unknown}: {OnlyWithBase}");
        return result.UnmatchedTokens is [var first, var second]
            ? (first, second)
            : throw new UsageException("compare: takes BASE.json CANDIDATE.json, or --base DIR. See compare --help.");
    }

    /// <summary>The options for a run that were given, as its command line takes them.</summary>
    private static string[] GetSpecified(ParseResult result, IEnumerable<Option> options) =>
    [
        .. options.SelectMany(option => result.GetResult(option) is { Implicit: false } given
            ? (string[])[option.Name, .. given.Tokens.Select(token => token.Value)]
            : []),
    ];
}

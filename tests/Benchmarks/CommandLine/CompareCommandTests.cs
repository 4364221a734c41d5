using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Downloader.Tests.Benchmarks.Analysis.Comparison;
using Downloader.Tests.Support;
using Spectre.Console;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>The command <c>compare</c> without a measurement: its arguments, two files, and the exit codes of a gate.</summary>
[Collection(TestCollections.Alone)]
public sealed class CompareCommandTests : IDisposable
{
    private const string Summary = "GITHUB_STEP_SUMMARY";
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-compare-").FullName;
    private readonly StringWriter _screen = new();
    private readonly string? _formerSummary = Environment.GetEnvironmentVariable(Summary);

    public CompareCommandTests() => Environment.SetEnvironmentVariable(Summary, null);

    /// <summary>What the line must name, separated by <c>…</c>; and the arguments after <c>compare</c>.</summary>
    public static TheoryData<string, string[]> Invalid => new()
    {
        { "takes BASE.json CANDIDATE.json, or --base DIR", [] },
        { "takes BASE.json CANDIDATE.json, or --base DIR", ["one.json"] },
        { "takes BASE.json CANDIDATE.json, or --base DIR", ["one.json", "two.json", "three.json"] },
        { "missing.json…cannot be read", ["missing.json", "missing.json"] },
        { "--gate 10%…takes --base DIR", ["one.json", "two.json", "--gate", "10%"] },
        { "--rounds 5…takes --base DIR", ["one.json", "two.json", "--rounds", "5"] },
        { "--latency…takes --base DIR", ["one.json", "two.json", "--latency", "5"] },
        { "--filter…takes --base DIR", ["one.json", "two.json", "--filter", "*"] },
        { "--gate 0…between 1 and 100, as 10% or 10", ["--base", ".", "--gate", "0"] },
        { "--gate ten…between 1 and 100, as 10% or 10", ["--base", ".", "--gate", "ten"] },
        { "--gate 101%…between 1 and 100, as 10% or 10", ["--base", ".", "--gate", "101%"] },
        { "--rounds 1…between 2 and 100", ["--base", ".", "--rounds", "1"] },
        { "--workers 0…between 1 and 10000", ["--base", ".", "--workers", "0"] },
        { "--filter *Nobody*…no case", ["--base", ".", "--filter", "*Nobody*"] },
        { "--server", ["--base", ".", "--server", "http://127.0.0.1:1"] },
        { "only prints", ["--base", ".", "--list", "flat"] },
        { "foo…is no command and no option", ["--base", ".", "foo"] },
        { "--gatee: is no option of compare. Did you mean --gate?…compare --help", ["--base", ".", "--gatee", "10%"] },
        { "--gat: is no option of compare. Did you mean --gate?", ["one.json", "two.json", "--gat", "10%"] },
        { "--gat=10%: is no option of compare. Did you mean --gate?", ["one.json", "two.json", "--gat=10%"] },
        { "--bse: is no option of compare. Did you mean --base?", ["--bse", "."] },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Invalid_arguments_are_an_error_of_one_line(string named, string[] arguments)
    {
        var result = await InProcessCommand.Run(["compare", .. arguments]);

        Assert.True(result.ExitCode == ExitCode.Usage, result.ToString());
        var line = Assert.Single(result.Errors);
        Assert.All(named.Split('…'), part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_base_that_is_no_checkout_is_refused()
    {
        var result = await InProcessCommand.Run("compare", "--base", _folder, "--artifacts", _folder);

        Assert.True(result.ExitCode == ExitCode.Usage, result.ToString());
        Assert.Equal([$"--base {_folder}: must be a checkout of this project; it has no benchmarks project."], result.Errors);
    }

    [Fact]
    public async Task Two_files_are_compared_and_written_as_html_markdown_and_step_summary()
    {
        var (first, second) = ComparedRuns.Pair(slowdown: 0.1);
        var summary = Path.Combine(_folder, "summary.md");
        await File.WriteAllTextAsync(summary, "before\n", TestContext.Current.CancellationToken);

        var result = await CompareFiles(first.Run, second.Run, summary);

        Assert.True(result.ExitCode == ExitCode.Success, result.ToString());
        Assert.Empty(result.Errors);
        var markdown = ReadResult("compare.md");
        Assert.Contains("Slower: WhenAll with 16 workers", markdown, StringComparison.Ordinal);
        Assert.Equal($"before\n{markdown}", await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken));
        Assert.Contains("id=\"forests\"", ReadResult("compare.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_summary_that_would_become_too_large_is_left_as_it_was()
    {
        var (first, second) = ComparedRuns.Pair();
        var summary = Path.Combine(_folder, "summary.md");
        await File.WriteAllTextAsync(summary, new string('x', 1024 * 1024 - 100), TestContext.Current.CancellationToken);

        var result = await CompareFiles(first.Run, second.Run, summary);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("1,024 KiB", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Equal(1024 * 1024 - 100, new FileInfo(summary).Length);
    }

    [Fact]
    public async Task Files_of_other_conditions_are_refused_in_one_line()
    {
        var (first, second) = ComparedRuns.Pair();
        var other = second.Run.Suites[0] with { Cases = [.. second.Run.Suites[0].Cases.Select(one => one with { Downloads = 80 })] };

        var result = await CompareFiles(first.Run, second.Run with { Suites = [other] }, summary: "");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("must have measured under the same conditions", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmed_regression_ends_with_exit_code_3_and_only_its_case_is_measured_again()
    {
        List<IReadOnlyList<string>> measured = [];

        var code = await CompareCheckouts(ComparedRuns.Pair(slowdown: 0.1), ComparedRuns.Pair(slowdown: 0.1), measured);

        Assert.Equal(ExitCode.Regression, code);
        Assert.Equal(2, measured.Count);
        Assert.Equal(["--filter", "*.Strategies.Channel(workers: 16)", "*WhenAll(workers: 16)"], measured[0]);
        Assert.Equal(["--filter", "*.Strategies.WhenAll(workers: 16)"], measured[1]);
        Assert.Contains("Regression: WhenAll with 16 workers", ReadResult("compare.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_fresh_rounds_do_not_confirm_ends_with_exit_code_0()
    {
        List<IReadOnlyList<string>> measured = [];

        var code = await CompareCheckouts(ComparedRuns.Pair(slowdown: 0.1), ComparedRuns.Pair(), measured);

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(2, measured.Count);
        Assert.Contains("Alarm not confirmed", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmation_that_is_interrupted_or_fails_leaves_the_comparison_that_was_measured()
    {
        foreach (var (failure, expected) in new (Exception, int)[]
        {
            (new OperationCanceledException(), ExitCode.Interrupted),
            (new MeasurementException("The mock server ended."), ExitCode.Failure),
        })
        {
            var code = await CompareCheckouts(
                ComparedRuns.Pair(slowdown: 0.1), ComparedRuns.Pair(), [], failedConfirmation: failure);

            Assert.Equal(expected, code);
            Assert.Contains("WhenAll with 16 workers", ReadResult("compare.md"), StringComparison.Ordinal);
            File.Delete(Path.Combine(_folder, "results", "compare.md"));
        }
    }

    [Theory]
    [InlineData("--filter=*WhenAll(workers: 16)")]
    [InlineData("--Filter", "*WhenAll(workers: 16)")]
    [InlineData("-f", "*WhenAll(workers: 16)", "*.Strategies.Channel*")]
    public async Task A_confirmation_replaces_the_filter_however_it_was_written(params string[] filter)
    {
        List<IReadOnlyList<string>> measured = [];

        await CompareCheckouts(ComparedRuns.Pair(slowdown: 0.1), ComparedRuns.Pair(slowdown: 0.1), measured, filter: filter);

        Assert.Equal(["--filter", "*.Strategies.WhenAll(workers: 16)"], measured[1]);
    }

    [Fact]
    public async Task A_case_that_only_the_candidate_cannot_run_well_ends_with_exit_code_1()
    {
        var (first, second) = ComparedRuns.Pair();
        var suite = second.Run.Suites[0];
        var failing = suite.Cases[0] with
        {
            AllowFailures = true,
            Processes = [.. suite.Cases[0].Processes.Select(process =>
                process with { Iterations = [.. process.Iterations.Select(iteration => iteration with { Failed = 5 })] })],
        };
        var candidate = second with { Run = second.Run with { Suites = [suite with { Cases = [failing, .. suite.Cases.Skip(1)] }] } };

        Assert.Equal(ExitCode.Failure, await CompareCheckouts((first, candidate), ComparedRuns.Pair(), []));
    }

    [Theory]
    [InlineData(false, false, ExitCode.Success)]
    [InlineData(true, false, ExitCode.Failure)]
    [InlineData(false, true, ExitCode.Interrupted)]
    public async Task Without_an_alarm_nothing_is_measured_again(bool hasFailed, bool isInterrupted, int expected)
    {
        List<IReadOnlyList<string>> measured = [];

        var code = await CompareCheckouts(ComparedRuns.Pair(), ComparedRuns.Pair(), measured, hasFailed, isInterrupted);

        Assert.Equal(expected, code);
        Assert.Single(measured);
    }

    public void Dispose()
    {
        _screen.Dispose();
        AnsiConsole.Console = AnsiConsole.Create(new());
        Environment.SetEnvironmentVariable(Summary, _formerSummary);
        Directory.Delete(_folder, recursive: true);
    }

    private string ReadResult(string name) => File.ReadAllText(Path.Combine(_folder, "results", name));

    private Task<ProgramResult> CompareFiles(RunResult first, RunResult second, string summary)
    {
        string[] files = [Path.Combine(_folder, "base.json"), Path.Combine(_folder, "candidate.json")];
        RunResultFile.Write(first, files[0]);
        RunResultFile.Write(second, files[1]);
        Environment.SetEnvironmentVariable(Summary, summary);
        return InProcessCommand.Run(() =>
        {
            // Spectre.Console keeps the output that it first found.
            AnsiConsole.Console = AnsiConsole.Create(new());
            return BenchmarkCommand.RunAsync(["compare", files[0], files[1], "--artifacts", _folder]);
        });
    }

    /// <summary>Compares as <c>compare --base</c> does, with these runs instead of measured ones.</summary>
    private async Task<int> CompareCheckouts(
        (ComparedRun Base, ComparedRun Candidate) first,
        (ComparedRun Base, ComparedRun Candidate) fresh,
        List<IReadOnlyList<string>> measured,
        bool hasFailed = false,
        bool isInterrupted = false,
        Exception? failedConfirmation = null,
        string[]? filter = null)
    {
        var comparison = new CheckoutComparison
        {
            BaseFolder = _folder,
            Rounds = ComparedRuns.Rounds,
            Gate = 0.1,
            Artifacts = _folder,
            Settings = new BenchmarkSettings { Downloads = 160, Workers = [16] },
            OwnArguments = [],
            BenchmarkDotNetArguments = filter ?? ["--filter", "*.Strategies.Channel(workers: 16)", "*WhenAll(workers: 16)"],
        };
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_screen) });
        console.Profile.Width = 160;
        var result = await InProcessCommand.Run(() => comparison.CompareAsync(comparison.Schedule().Cases, Measure, console));
        return result.ExitCode;

        Task<MeasuredPair> Measure(string folder, IReadOnlyList<string> arguments)
        {
            measured.Add(arguments);
            if (measured.Count == 2 && failedConfirmation is not null) throw failedConfirmation;
            var (one, other) = measured.Count == 1 ? first : fresh;
            return Task.FromResult(new MeasuredPair(one, other, []) { HasFailed = hasFailed, IsInterrupted = isInterrupted });
        }
    }
}

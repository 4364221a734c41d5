using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary><c>compare --base</c>: two checkouts whose rounds alternate, in real processes.</summary>
[Collection(TestCollections.BenchmarkRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class CompareCheckoutTests : IDisposable
{
    private static readonly string[] SmallCase =
        ["--filter", "*.Strategies.WhenAll(workers: 4)", "--downloads", "20", "--latency", "5", "--workers", "4"];

    private readonly string _checkout = Directory.CreateTempSubdirectory("downloader-checkout-").FullName;

    /// <summary>Without a warm-up the first iteration is measured and audited like the others.</summary>
    [Fact]
    public void The_rounds_alternate_A_B_B_A_and_the_data_of_both_are_kept_without_a_warm_up_too()
    {
        using var program = BenchmarkProgram.Start(
            ["compare", "--base", BuiltProgram.Root, "--rounds", "3", "--warmupCount", "0", "--iterationCount", "2", .. SmallCase]);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Errors);
        Assert.Equal(
            ["1 base", "1 candidate", "2 candidate", "2 base", "3 base", "3 candidate"],
            result.Output.Where(line => line.StartsWith("Round ", StringComparison.Ordinal)).Select(line => line.Split(' ',
                StringSplitOptions.RemoveEmptyEntries)).Select(words => $"{words[1]} {words[6]}"));
        var artifacts = Path.Combine(program.Folder, "BenchmarkDotNet.Artifacts");
        var runs = ((string[])["base", "candidate"]).Select(side =>
            RunResultFile.Read(Path.Combine(artifacts, "compare", side, "results", "report.json"))).ToArray();
        Assert.All(runs.Select(run => Assert.Single(run.Suites[0].Cases)), one =>
        {
            Assert.Equal((3, 20, true), (one.Processes.Count, one.Downloads, one.IsAudited));
            Assert.Empty(one.AuditFindings);
            Assert.All(one.Processes, process => Assert.Equal([20, 20], process.Iterations.Select(Served)));
        });
        Assert.Equal(runs[0].ShuffleSeed, runs[1].ShuffleSeed);
        Assert.Contains("WhenAll with 4 workers", File.ReadAllText(Path.Combine(artifacts, "results", "compare.md")),
            StringComparison.Ordinal);
        program.AssertNoProcessLeft();

        static int Served(IterationResult iteration) => iteration.Outcomes![RequestOutcome.Served];
    }

    [Fact]
    public async Task Ctrl_C_ends_both_sides_and_compares_the_rounds_that_both_have()
    {
        Interrupts.SkipWhereIgnored();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows which processes a program has started.");
        using var program = BenchmarkProgram.Start(
            ["compare", "--base", BuiltProgram.Root, "--rounds", "100", .. SmallCase], leadsGroup: true);
        await Eventually.Is(true, () => program.Output.Any(line => line.StartsWith("Round 2 of 100 of the base",
            StringComparison.Ordinal)));

        program.Signal("INT");
        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Contains("Warning: The base's run was interrupted", string.Join('\n', result.Output), StringComparison.Ordinal);
        program.AssertNoProcessLeft();
    }

    [Fact]
    public void A_base_that_cannot_be_built_is_one_clear_line()
    {
        WriteCheckout("Console.WriteLine(unknown);");

        var result = Compare();

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("error CS0103: The name 'unknown' does not exist", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_too_old_is_one_clear_line()
    {
        WriteCheckout("Console.Error.WriteLine(\"Option 'round-gate' is unknown. See --help.\"); return 2;");

        var result = Compare();

        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Equal([$"--base {_checkout}: must be a checkout that has the command compare; it is too old to run round by round."],
            result.Errors);
    }

    public void Dispose() => Directory.Delete(_checkout, recursive: true);

    private ProgramResult Compare()
    {
        using var program = BenchmarkProgram.Start(["compare", "--base", _checkout, "--rounds", "2", .. SmallCase]);
        var result = program.WaitForExit();
        program.AssertNoProcessLeft();
        return result;
    }

    /// <summary>A folder that looks like a checkout, with a program of one line.</summary>
    private void WriteCheckout(string program)
    {
        var project = Directory.CreateDirectory(Path.Combine(_checkout, "benchmarks")).FullName;
        File.WriteAllText(Path.Combine(project, "Downloader.Benchmarks.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
    }
}

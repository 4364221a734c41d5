using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Runs that fail or are killed.</summary>
[Collection(TestCollections.OtherRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class BrokenRunTests
{
    private static readonly string[] SmallRun =
        ["--quick", "--workers", "4", "--downloads", "20", "--latency", "1", "--filter", "*.Strategies.WhenAll(*"];

    [Fact]
    public void A_benchmark_that_throws_is_reported_with_its_reason_and_exit_code_1()
    {
        // The child gets settings without a server.
        using var program = BenchmarkProgram.Start(["--envVars", "DOWNLOADER_SETTINGS:{}", .. SmallRun]);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains(result.Errors, line =>
            line.StartsWith("Strategies.WhenAll(workers: 4) failed: ", StringComparison.Ordinal)
            && line.Contains("names no server", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
        program.AssertNoProcessLeft();
    }

    [Fact]
    public async Task When_the_suite_is_killed_the_server_and_the_case_end_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows which processes a program has started.");
        using var program = BenchmarkProgram.Start(
            ["--workers", "2", "--iterationCount", "1000", "--latency", "50", "--filter", "*.Strategies.WhenAll(*"]);
        // In the middle of a case: BenchmarkDotNet's own process is at work.
        await Eventually.Is(true, () => program.FindProcesses().Any(IsCase));
        Assert.Contains(program.FindProcesses(), IsServer);

        program.Signal("KILL");

        await Eventually.Is(false, () => program.FindProcesses().Any(IsServer));
        // Without a server to send its requests to, the case fails and ends.
        await Eventually.Is("", () => string.Join('\n', program.FindProcesses()));

        static bool IsCase(string command) => command.Contains("--benchmarkId", StringComparison.Ordinal);

        static bool IsServer(string command) => command.Contains("Downloader.MockServer.dll", StringComparison.Ordinal);
    }
}

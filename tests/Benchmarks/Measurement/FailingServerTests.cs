using System.Diagnostics;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A server that dies in the middle of a run.</summary>
[Collection(TestCollections.BenchmarkRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class FailingServerTests
{
    [Fact]
    public async Task A_server_that_dies_ends_the_run_and_the_cases_that_had_ended_are_reported()
    {
        using var server = MockServerFixture.Start("--latency", "0");
        using var program = new RunningProgram(BuiltProgram.Release,
        [
            "--server", server.Address.ToString(), "--quick", "--workers", "2,3,4,5,6,7", "--downloads", "20", "--latency", "50",
            "--filter", "*.Strategies.WhenAll(*",
        ]);
        await program.WaitForOutput("[1/6] ");

        Process.GetProcessById(server.ProcessId).Kill();
        var outcome = program.WaitForExit();

        Assert.True(outcome.ExitCode == 1, outcome.ToString());
        Assert.Equal($"The run ended early: {server.Address}: no server is listening.", outcome.Errors[0]);
        Assert.DoesNotContain(outcome.Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
        var report = await File.ReadAllTextAsync(
            Path.Combine(program.Folder, "BenchmarkDotNet.Artifacts", "results", "report.md"), TestContext.Current.CancellationToken);
        Assert.Contains("| WhenAll ", report, StringComparison.Ordinal);
        Assert.Empty(program.FindProcesses());
    }
}

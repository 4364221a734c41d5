using Downloader.Tests.Support;
namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Runs that do not end well.</summary>
public sealed class BrokenRunTests
{
    [Fact]
    public void A_benchmark_that_throws_is_told_and_the_exit_code_says_so()
    {
        // Half of the requests fail, and in the main suite none may.
        using var program = new RunningProgram(
            BuiltProgram.Release, ["--quick", "--fault-share", "0.5", "--workers", "4", "--downloads", "20", "--latency", "1", "--filter", "*.Strategies.WhenAll(*"]);

        var outcome = program.End();

        Assert.True(outcome.ExitCode == 1, outcome.ToString());
        Assert.Contains(outcome.Errors, line => line.StartsWith("Strategies.WhenAll(workers: 4) failed: ", StringComparison.Ordinal) && line.Contains("of 20 downloads failed", StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Empty(program.Alive());
    }

    [Fact]
    public void Without_a_warm_up_the_first_iteration_is_measured_and_audited_like_the_others()
    {
        var outcome = BuiltProgram.Run("--quick", "--warmupCount", "0", "--workers", "4", "--downloads", "20", "--latency", "1", "--filter", "*.Strategies.WhenAll(*");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
    }

    [Fact]
    public async Task When_the_suite_is_killed_the_server_goes_with_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells which processes the suite has started.");
        using var program = new RunningProgram(
            BuiltProgram.Release, ["--workers", "2", "--iterationCount", "1000", "--latency", "50", "--filter", "*.Strategies.WhenAll(*"]);
        // In the middle of a case: BenchmarkDotNet's own process is at work.
        await Eventually.Is(true, () => program.Alive().Any(command => command.Contains("--benchmarkId", StringComparison.Ordinal)), TimeSpan.FromMinutes(2));
        Assert.Contains(program.Alive(), IsServer);

        program.Signal("KILL");

        await Eventually.Is(false, () => program.Alive().Any(IsServer));
        // Without the server the case has nobody to speak to: it ends, too.
        await Eventually.Is("", () => string.Join('\n', program.Alive()));

        static bool IsServer(string command) => command.Contains("Downloader.MockServer.dll", StringComparison.Ordinal);
    }
}

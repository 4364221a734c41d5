using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A run with <c>--no-audit</c>.</summary>
[Collection(TestCollections.OtherRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class UnauditedRunTests
{
    [Fact]
    public void It_is_measured_all_the_same_and_the_server_keeps_no_log_of_it()
    {
        using var server = MockServerFixture.Start("--latency", "0");
        using var program = BenchmarkProgram.Start(
        [
            "--server", server.Address.ToString(), "--no-audit",
            "--quick", "--workers", "4", "--downloads", "20", "--latency", "1", "--filter", "*.Strategies.WhenAll(*",
        ]);

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(result.Output, line => line.StartsWith("[1/1] Strategies.WhenAll(workers: 4) ", StringComparison.Ordinal));
        var log = server.Control.ReadAudit();
        Assert.Empty(log.Requests);
        Assert.NotEmpty(log.Iterations);
        Assert.True(log.Dropped >= 20, $"The server saw {log.Dropped} requests.");
    }
}

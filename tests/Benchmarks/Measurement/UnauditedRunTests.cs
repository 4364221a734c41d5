using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A run that asks for no audit.</summary>
public sealed class UnauditedRunTests
{
    [Fact]
    public void It_is_measured_all_the_same_and_the_server_keeps_no_log_of_it()
    {
        using var server = new Server("--latency", "0");

        var outcome = BuiltProgram.Run(
            "--server", server.Address.ToString(), "--no-audit", "--quick", "--workers", "4", "--downloads", "20", "--latency", "1", "--filter", "*.Strategies.WhenAll(*");

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Contains(outcome.Output, line => line.StartsWith("[1/1] Strategies.WhenAll(workers: 4) ", StringComparison.Ordinal));
        var log = server.Lab.ReadAudit();
        Assert.Empty(log.Requests);
        Assert.NotEmpty(log.Iterations);
        Assert.True(log.Dropped >= 20, $"The server saw {log.Dropped} requests.");
    }
}

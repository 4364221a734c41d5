using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.CommandLine;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>What <c>calibrate --run</c> measures.</summary>
public sealed class CalibratedReplayTests
{
    [Fact]
    public void The_replay_is_measured_with_the_client_that_is_recommended()
    {
        var recommendation = new WorkerRecommendation(7, 12.5, "A reason.");
        var file = new ScenarioFile(new Scenario { FaultShare = 0.02 }, Calibration: null);

        var settings = ReplayRun.CreateSettings(recommendation, file);

        Assert.Equal([7], settings.Workers);
        Assert.Equal(12.5, settings.Rate);
        Assert.Equal(
            $"downloader --workers 7 --rate 12.5 --retry {settings.Retries} URL…", RecommendedUse.GetCommand(recommendation));
    }
}

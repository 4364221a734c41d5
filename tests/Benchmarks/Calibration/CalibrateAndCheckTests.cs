using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The command <c>calibrate</c> and its <c>--check</c>, called in this process against the real mock server. Alone, because it
/// measures.</summary>
[Collection(TestCollections.Alone)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class CalibrateAndCheckTests(MockServerFixture server) : IClassFixture<MockServerFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calibrate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_calibration_writes_a_scenario_that_predicts_what_a_check_then_measures()
    {
        server.UseScenario("--latency 20 --latency-jitter 5 --capacity 4 --queue 100");
        var file = Path.Combine(_folder, "server.json");

        var calibration = await Run("--out", file, "--downloads", "60", $"{server.Jython}", $"{server.Dice}");

        Assert.True(calibration.ExitCode == 0, calibration.ToString());
        string[] paths = [file, Path.ChangeExtension(file, ".html"), Path.ChangeExtension(file, ".md")];
        Assert.All(paths, path => Assert.True(File.Exists(path), path));
        Assert.Equal(paths, calibration.Output.TakeLast(3));
        Assert.Contains(calibration.Output, line => line.Contains("at most 300 GET requests", StringComparison.Ordinal));
        Assert.Contains(calibration.Output, line => line.StartsWith("downloader --workers ", StringComparison.Ordinal));
        var written = ScenarioFile.Read(file);
        Assert.Equal(4, written.Scenario.Capacity);
        Assert.Equal("queue", written.Calibration!.Mechanism);
        Assert.All(written.Calibration.Predictions, prediction => Assert.Equal(60, prediction.Downloads));

        server.Control.ResetAudit();
        var check = await Run("--check", file, "--downloads", "60", "--workers", "8", $"{server.Jython}");

        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.Contains("60 requests from 8 workers", check.Output[0], StringComparison.Ordinal);
        Assert.Matches("^Predicted .* measured .* times the prediction, (within|outside) its 90 % interval", check.Output[^1]);
        var requests = server.ReadRequests();
        Assert.Equal(60, requests.Count(request => request.Page == Page.Jython));
    }

    private static Task<ProgramResult> Run(params string[] arguments) => InProcessCommand.Run(["calibrate", .. arguments]);
}

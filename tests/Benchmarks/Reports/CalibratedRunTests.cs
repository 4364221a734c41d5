using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Spectre.Console;
using static Downloader.Tests.Benchmarks.Analysis.AnalysisTests;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>A run under the conditions of a real server says whose they are.</summary>
public sealed class CalibratedRunTests : IDisposable
{
    private const string Server = "your server (api.example, calibrated 2026-11-28)";
    private static readonly CalibrationSummary Calibration = new(
        "api.example", new DateOnly(2026, 11, 28), 280, "queue", 24, [new(16, 200, 1234.5, 1200, 1300)], 38.5);

    private static readonly Scenario Learnt = ScenarioOptions.Parse(
        ["--latency-quantiles", "20,30,120", "--rate-limit", "50", "--rate-burst", "7", "--pages", "/a=500"], new Scenario());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calibrated");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_main_suite_says_what_the_calibration_recommends_and_does_not_ask_for_the_server_s_conditions()
    {
        var sentences = SampleRuns.Analyse(Run()).Suites[0].Conclusion.Sentences;
        Assert.Contains(
            $"The conditions are those of {Server}, for which the calibration recommends 24 workers, 38.5 requests per second at most.",
            sentences);
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("Put your server", StringComparison.Ordinal));
        Assert.Contains(
            SampleRuns.Analyse(Run() with { Calibration = null }).Suites[0].Conclusion.Sentences,
            sentence => sentence.Contains("Put your server", StringComparison.Ordinal));
    }

    [Fact]
    public void All_views_say_whose_conditions_these_are()
    {
        var analysis = SampleRuns.Analyse(Run());
        using var screen = new StringWriter();
        ConsoleView.Render(analysis, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen) }));
        var facts = $"those of {Server}, of which 280 requests were seen";

        Assert.Contains(facts, MarkdownView.Render(analysis), StringComparison.Ordinal);
        Assert.Contains(facts, HtmlView.Render(analysis), StringComparison.Ordinal);
        Assert.Contains("your server (api.example", screen.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void The_learnt_conditions_are_described()
    {
        var facts = ScenarioDescription.ForSuite(SampleRuns.Analyse(Run()).Suites[0])[0].Facts.ToDictionary();
        Assert.Equal("a table of 3 quantiles from 20 ms to 120 ms, median 30 ms, 90th percentile 90.9 ms", facts["Latency asked"]);
        Assert.Equal("/a 500 bytes", facts["Pages"]);
        Assert.Equal("50 requests per second, past that 429; a token bucket of 7", facts["Rate limit"]);
    }

    [Fact]
    public void The_data_keep_the_calibration_and_the_pages_by_name()
    {
        var run = Run();
        var path = Path.Combine(_folder.FullName, "report.json");
        RunResultFile.Write(run, path);
        var read = RunResultFile.Read(path);
        Assert.Equivalent(Calibration, read.Calibration, strict: true);
        Assert.Equal(Learnt, read.Suites[0].Scenario);
        Assert.All(read.Suites[0].Cases, one => Assert.Equal(ListedPages.At(0), one.Page));
        Assert.Contains("\"page\": \"Page1\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    private static RunResult Run() => SampleRuns.CreateRun(new SuiteResult(nameof(Strategies), "Question?", Learnt,
    [
        .. new[] { Around("Sequential", null, 8000), Around("Channel", 16, 520), Around("Channel", 64, 160.5), Around("WhenAll", 64, 160) }
            .Select(one => one with { Page = ListedPages.At(0) }),
    ])) with
    { Calibration = Calibration };
}

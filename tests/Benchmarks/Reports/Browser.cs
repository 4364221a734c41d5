using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>A real headless Chromium, one for all tests in a browser, and the reports that they open in it; tests are skipped where there
/// is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    // It talks to no one: no updates, no first-run page, no QUIC.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

    private readonly DirectoryInfo _reports = Directory.CreateTempSubdirectory("reports");
    private readonly Dictionary<RunResult, string> _written = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RunResult, OpenedReport> _drawn = new(ReferenceEqualityComparer.Instance);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser, or a skipped test that says why.</summary>
    public IBrowser Real
    {
        get
        {
            Assert.SkipWhen(_browser is null, Chromium.Missing);
            return _browser;
        }
    }

    /// <summary>The path of the page of a run, which is written when a test first opens it.</summary>
    public string Write(RunResult run)
    {
        if (_written.TryGetValue(run, out var path)) return path;
        var folder = Path.Combine(_reports.FullName, $"{_written.Count}");
        return _written[run] = ReportWriter.Write(SampleRuns.Analyse(run), folder).Html;
    }

    /// <summary>The page of a run, all of it drawn, for tests that only read.</summary>
    internal async Task<OpenedReport> OpenDrawn(RunResult run)
    {
        if (_drawn.TryGetValue(run, out var report)) return report;
        report = _drawn[run] = await OpenedReport.Open(this, run);
        await report.DrawAll();
        return report;
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } path) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var report in _drawn.Values) await report.DisposeAsync();
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _reports.Delete(recursive: true);
    }
}

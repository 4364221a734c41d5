using Downloader.Benchmarks.Reports.Pictures;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>A real headless Chromium, one for all tests of a class; tests are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    // It talks to no one: no updates, no first-run page, no QUIC.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

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

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } path) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}

using Downloader.Benchmarks.Results;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>A report opened from its file in a page of its own, with all that the page asked for and complained of.</summary>
internal sealed class OpenedReport : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenedReport(IBrowserContext context, IPage page, string path)
    {
        _context = context;
        Page = page;
        Path = path;
    }

    public IPage Page { get; }

    public string Path { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public static async Task<OpenedReport> Open(Browser browser, RunResult run, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var real = browser.Real;
        var path = browser.Write(run);
        var context = await real.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var report = new OpenedReport(context, page, path);
        page.Request += (_, request) => report.Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") report.Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => report.Complaints.Add(error);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return report;
    }

    /// <summary>Draws also what is far down the page.</summary>
    public async Task DrawAll()
    {
        await Page.EvaluateAsync("() => redraw(true)");
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.chart')].every(chart => "
            + "chart.classList.contains('js-plotly-plot'))");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}

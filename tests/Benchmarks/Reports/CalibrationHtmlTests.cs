using Downloader.Benchmarks.Reports;
using Downloader.Tests.Support;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>The report of a calibration in a real browser.</summary>
[Collection(TestCollections.InBrowser)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class CalibrationHtmlTests(Browser browser)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Its_charts_draw_with_points_fit_and_intervals_and_nothing_is_asked_of_a_network(int width, ColorScheme scheme)
    {
        var real = browser.Real;
        var folder = Directory.CreateTempSubdirectory("downloader-calibration-");
        try
        {
            var path = CalibrationReport.Write(SampleCalibrations.Queue(), Path.Combine(folder.FullName, "my-server"))[0];
            var context = await real.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            var page = await context.NewPageAsync();
            List<string> complaints = [];
            List<string> requests = [];
            page.Console += (_, message) => complaints.Add(message.Text);
            page.PageError += (_, error) => complaints.Add(error);
            page.Request += (_, request) => requests.Add(request.Url);
            await page.GotoAsync(new Uri(path).AbsoluteUri);
            await page.EvaluateAsync("() => redraw(true)");

            var drawn = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.charts .chart')].map(chart => "
                + "chart.data.map(trace => `${trace.meta} ${trace.x.length}`).join(', '))");
            Assert.Equal(["replayed 101, observed 101", "fit 101, seen 6", "fit 101, seen 6", "500 downloads 6"], drawn);
            await Assertions.Expect(page.Locator(".charts .js-plotly-plot >> nth=3").Locator(".errorbar")).ToHaveCountAsync(6);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
            if (Environment.GetEnvironmentVariable("DOWNLOADER_SCREENSHOTS") is { Length: > 0 } screenshots)
                await page.ScreenshotAsync(new() { Path = Path.Combine(screenshots, $"calibration-{width}.png"), FullPage = true });

            Assert.Empty(complaints);
            Assert.DoesNotContain(requests, url => url.StartsWith("http", StringComparison.Ordinal));
            await context.CloseAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

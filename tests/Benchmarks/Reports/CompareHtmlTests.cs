using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Reports;
using Downloader.Tests.Benchmarks.Analysis.Comparison;
using Downloader.Tests.Support;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary><c>compare.html</c> in a real browser.</summary>
[Collection(TestCollections.InBrowser)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class CompareHtmlTests(Browser browser)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task The_forest_plots_have_a_point_and_an_interval_a_case(int width, ColorScheme scheme)
    {
        var real = browser.Real;
        var (first, second) = ComparedRuns.Pair(slowdown: 0.1);
        var folder = Directory.CreateTempSubdirectory("downloader-compare-");
        try
        {
            var path = CompareWriter.Write(RunComparison.Create(first, second, isPaired: true, gate: 0.1), folder.FullName)[0];
            var context = await real.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            var page = await context.NewPageAsync();
            List<string> complaints = [];
            page.Console += (_, message) => complaints.Add(message.Text);
            page.PageError += (_, error) => complaints.Add(error);
            await page.GotoAsync(new Uri(path).AbsoluteUri);
            await page.EvaluateAsync("() => redraw(true)");

            await Assertions.Expect(page.Locator("#forests .js-plotly-plot")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator("#forests .js-plotly-plot >> nth=0").Locator(".errorbar")).ToHaveCountAsync(3);
            await Assertions.Expect(page.Locator("#forests .js-plotly-plot >> nth=0").Locator(".point")).ToHaveCountAsync(3);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
            if (Environment.GetEnvironmentVariable("DOWNLOADER_SCREENSHOTS") is { Length: > 0 } screenshots)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(screenshots, $"compare-{width}.png"), FullPage = true });
            }

            Assert.Empty(complaints);
            await context.CloseAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

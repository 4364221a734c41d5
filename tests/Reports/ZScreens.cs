using Microsoft.Playwright;
using Xunit;
namespace Downloader.Tests.Reports;
public sealed class ZScreens(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Shots()
    {
        foreach (var (name, run) in new[] { ("one", Sample.Run(Sample.Strategies())), ("all", Sample.Everything()) })
        foreach (var width in new[] { 360, 800, 1600 })
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var report = await OpenedReport.Open(browser, run, width, scheme);
            await report.DrawAll();
            await report.Page.WaitForTimeoutAsync(300);
            await report.Page.ScreenshotAsync(new() { Path = $"/tmp/shots/{name}-{width}-{scheme}.png", FullPage = true });
            if (width == 1600 && scheme == ColorScheme.Dark) await report.Page.PdfAsync(new() { Path = $"/tmp/shots/{name}.pdf", Format = "A4" });
            File.Copy(report.Path, $"/tmp/shots/{name}.html", true);
            File.Copy(Path.ChangeExtension(report.Path, "md"), $"/tmp/shots/{name}.md", true);
            foreach (var c in report.Complaints) Console.WriteLine(c);
        }
    }
}

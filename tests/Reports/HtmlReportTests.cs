using Xunit;

namespace Downloader.Tests.Reports;

public sealed class HtmlReportTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task It_asks_nothing_of_any_network_and_the_console_stays_silent()
    {
        await using var report = await OpenedReport.Open(browser, Sample.Everything());
        await report.DrawAll();

        Assert.Equal([new Uri(report.Path).AbsoluteUri], report.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)));
        Assert.Empty(report.Complaints);
    }
}

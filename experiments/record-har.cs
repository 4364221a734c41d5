#:project ../benchmarks/Downloader.Benchmarks.csproj
#:package Microsoft.Playwright
#:property PublishAot=false

// What a browser writes of its requests to a server: it fetches a URL 50 times with one request at a time, then with two and so on up to
// the six that browsers open to one server over HTTP/1.1, and its network panel's file is saved:
//   dotnet run -c Release experiments/record-har.cs -- URL FILE PAUSE
// PAUSE, in milliseconds, is between an answer and the next request.
using System.Globalization;
using Downloader.Benchmarks.Reports.Pictures;
using Microsoft.Playwright;

const string Fetch = """
    async ([url, pause]) => {
        for (let workers = 1; workers <= 6; workers++) {
            let left = 50;
            await Promise.all(Array.from({ length: workers }, async () => {
                while (left-- > 0) {
                    await (await fetch(url, { cache: 'no-store' })).text();
                    await new Promise(done => setTimeout(done, pause));
                }
            }));
        }
    }
    """;

if (args is not [var url, var file, var pauseText]
    || !int.TryParse(pauseText, NumberStyles.None, CultureInfo.InvariantCulture, out var pause))
{
    Console.Error.WriteLine("Expected URL FILE PAUSE.");
    return 2;
}

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = Chromium.Find() ?? throw new PictureException(Chromium.Missing),
    Args = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
await using (var context = await browser.NewContextAsync(new() { RecordHarPath = file, RecordHarContent = HarContentPolicy.Omit }))
{
    var page = await context.NewPageAsync();
    await page.GotoAsync(url);
    await page.EvaluateAsync(Fetch, new object[] { url, pause });
}

return 0;

using Downloader.Benchmarks.Results;
using Microsoft.Playwright;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>The report as a reader has it: in a real browser, from a file.</summary>
[Collection(Support.TestCollections.InBrowser)]
[Trait(Support.TestCollections.Category, Support.TestCollections.Slow)]
public sealed class HtmlReportTests(Browser browser)
{
    private const long MaxBytes = 6_000_000;
    private static readonly RunResult Strategies = SampleRuns.CreateRun(SampleRuns.Strategies());

    /// <summary>The charts of suites: the lines of each, with how many points they have.</summary>
    private static readonly Dictionary<string, string[]> Charts = new()
    {
        ["Article"] = ["published 3, ideal 5, measured 5"],
        ["Tail"] = ["ideal 5, measured 5"],
        ["Session"] = ["ideal 4, measured 4", "connections 4"],
        ["ColdStart"] = ["steady state 3, first run 3"],
        ["Capacity"] = ["WhenAll 11, WhenAllUnbounded 1", "WhenAll 11, WhenAllUnbounded 1"],
        ["Faults"] = ["attempts 4, failed 4, succeeded 4", "makespan 4"],
        ["Scale"] = ["WhenAll with 64 workers 3, WhenAll with 256 workers 3", "WhenAll with 64 workers 3, WhenAll with 256 workers 3"],
    };

    [Fact]
    public async Task Each_suite_has_its_charts_and_the_page_asks_nothing_of_any_network_and_reports_no_error()
    {
        await using var report = await OpenedReport.Open(browser, SampleRuns.Everything());
        await report.DrawAll();

        foreach (var (suite, expected) in Charts)
        {
            var drawn = await report.Page.EvaluateAsync<string[]>(
                "suite => [...document.querySelectorAll(`[data-suite=${suite}] .charts .chart`)].map(chart => chart.data.map(trace => "
                + "`${trace.meta} ${trace.x.filter(x => x !== null).length}`).join(', '))",
                suite);
            Assert.Equal(expected, drawn);
        }

        var requested = report.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)
            && !url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.Equal([new Uri(report.Path).AbsoluteUri], requested);
        Assert.Empty(report.Complaints);
    }

    [Fact]
    public async Task It_stays_below_six_megabytes_even_with_a_hundred_large_waterfalls()
    {
        var large = SampleRuns.Simulated("WhenAll", 64, downloads: 5_000);
        var suite = SampleRuns.Strategies() with
        {
            Cases = [.. Enumerable.Range(1, 100)
            .Select(workers => large with { Workers = workers })]
        };
        await using var report = await OpenedReport.Open(browser, SampleRuns.CreateRun(suite));

        Assert.InRange(new FileInfo(report.Path).Length, 1_000_000, MaxBytes);
        Assert.Contains("requests", await report.Page.InnerTextAsync(".panels"), StringComparison.Ordinal);
        Assert.Contains("of 5,000 requests", await report.Page.InnerTextAsync(".panels"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_and_the_recommendation_come_first()
    {
        var report = await browser.OpenDrawn(Strategies);

        Assert.Contains(" rows tie for best with 64 workers: ", await report.Page.InnerTextAsync("main .finding >> nth=0"));
        Assert.StartsWith("Recommended: ParallelForEachAsync, a tie with ",
            await report.Page.InnerTextAsync("main .recommended >> nth=0"));
        Assert.InRange((await report.Page.Locator("main .recommended").First.BoundingBoxAsync())!.Y, 0, 600);
    }

    [Fact]
    public async Task Every_row_is_a_point_of_the_curves_at_its_workers_and_speedup()
    {
        var report = await browser.OpenDrawn(Strategies);

        var drawn = await report.Page.EvaluateAsync<double[][]>(
            "() => document.querySelector('.charts .chart').data.filter(trace => trace.customdata).flatMap(trace => "
                + "trace.customdata.map((workers, i) => [workers, trace.y[i]]))");
        var expected = SampleRuns.Analyse(Strategies).Suites[0].Rows
            .Select(row => new[] { row.MaxInFlight, row.Speedup!.Value.Value });
        Assert.Equal(expected.OrderBy(point => point[0]).ThenBy(point => point[1]), drawn.OrderBy(point => point[0])
            .ThenBy(point => point[1]));
        Assert.Equal(Strategies.Suites[0].Cases.Count, await report.Page.Locator(".charts .chart path.point").CountAsync());
    }

    [Fact]
    public async Task Every_request_is_a_bar_of_the_waterfall_and_the_worker_count_is_chosen()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        await report.DrawAll();
        Assert.Equal("64", await report.Page.InputValueAsync(".waterfall-choice select"));
        Assert.Equal((7, 7 * 160), await Bars(report.Page));

        await report.Page.SelectOptionAsync(".waterfall-choice select", "no limit");
        await report.DrawAll();

        Assert.Equal((1, 160), await Bars(report.Page));
        Assert.Equal(0, await report.Page.EvaluateAsync<double>("() => document.querySelector('.panels .chart').data[0].base[0]"));
    }

    [Fact]
    public async Task All_panels_share_a_time_axis_on_which_the_starved_ones_are_told()
    {
        var report = await browser.OpenDrawn(Strategies);

        var ends = await report.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.panels .chart')].map(chart => "
            + "chart.layout.xaxis.range[1])");
        Assert.Single(ends.Distinct());
        Assert.Equal(["ParallelForEach starved", "ThreadPool starved"],
            await report.Page.Locator(".panels h4:has(.mark)").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_hover_shows_the_value_of_a_point_and_of_a_bar()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        await report.DrawAll();

        var speedup = await Hover(report.Page, ".charts .chart", ".charts .chart .trace:has(path.point) path.point >> nth=0");
        Assert.Contains("Sequential", speedup, StringComparison.Ordinal);
        Assert.Contains("Speedup 1", speedup, StringComparison.Ordinal);

        var bar = await Hover(report.Page, ".panels .chart >> nth=0", ".panels .chart >> nth=0 >> .point >> nth=70");
        Assert.Contains("service time 5", bar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strategy_is_hidden_and_shown_through_the_legend_by_mouse_and_by_keyboard()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        await report.DrawAll();
        var button = report.Page.GetByRole(AriaRole.Button, new() { Name = "ThreadPool", Exact = true });
        var points = report.Page.Locator(".charts .chart path.point");
        var all = await points.CountAsync();

        foreach (var press in (Func<Task>[])[() => button.ClickAsync(), () => button.PressAsync("Space")])
        {
            await press();
            Assert.Equal("false", await button.GetAttributeAsync("aria-pressed"));
            Assert.Equal(all - 3, await points.CountAsync());

            await press();
            Assert.Equal("true", await button.GetAttributeAsync("aria-pressed"));
            Assert.Equal(all, await points.CountAsync());
        }
    }

    [Fact]
    public async Task The_table_sorts_both_ways_by_number_and_says_so_by_mouse_and_by_keyboard()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        var table = report.Page.Locator("[aria-label='Results of Strategies'] table");
        var head = table.Locator("th", new() { HasText = "Median ms" });
        var column = await head.EvaluateAsync<int>("head => head.cellIndex");

        var button = head.GetByRole(AriaRole.Button);
        foreach (var press in (Func<Task>[])[() => button.ClickAsync(), () => button.PressAsync("Enter")])
        {
            await press();
            Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
            var up = await Values();
            Assert.Equal(up.Order(), up);

            await press();
            Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
            Assert.Equal(up.OrderDescending(), await Values());
            Assert.Equal(1, await table.Locator("th[aria-sort='descending'], th[aria-sort='ascending']").CountAsync());
        }

        Task<double[]> Values() => table.EvaluateAsync<double[]>(
            $"table => [...table.tBodies[0].rows].map(row => Number(row.cells[{column}].textContent.replaceAll(',', '')))");
    }

    [Fact]
    public async Task The_first_key_leads_to_the_answer_and_focus_is_visible()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        await report.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("Skip to the answer", await report.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.NotEqual("none", await report.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        Assert.InRange((await report.Page.Locator(".skip").BoundingBoxAsync())!.X, 0, 1280);
    }

    [Fact]
    public async Task Charts_follow_when_the_colour_scheme_changes()
    {
        await using var report = await OpenedReport.Open(browser, Strategies);
        await report.DrawAll();
        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await report.Page.WaitForFunctionAsync("() => document.querySelector('.chart').layout.font.color === "
            + "getComputedStyle(document.body).getPropertyValue('--ink').trim()");

        await AssertLegible(report.Page);
        Assert.True(await PaperIsDark(report.Page));
    }

    [Fact]
    public async Task The_mark_of_the_capacity_follows_the_colour_scheme_too()
    {
        await using var report = await OpenedReport.Open(browser, SampleRuns.CreateRun(SampleRuns.Capacity()));
        await report.DrawAll();
        var light = await Marks();
        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await report.Page.WaitForFunctionAsync("() => document.querySelector('.chart').layout.font.color === "
            + "getComputedStyle(document.body).getPropertyValue('--ink').trim()");

        var dark = await Marks();
        Assert.Equal(2, dark.Length);
        Assert.Single(dark.Distinct());
        Assert.NotEqual(light[0], dark[0]);
        Assert.Equal(await report.Page.EvaluateAsync<string>("() => css('--quiet')"), dark[0]);

        Task<string[]> Marks() =>
            report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.charts .chart')].map(chart => "
            + "chart.layout.shapes[0].line.color)");
    }

    [Fact]
    public async Task Failures_that_nobody_counted_are_not_drawn_as_none()
    {
        var suite = SampleRuns.Capacity();
        await using var report = await OpenedReport.Open(browser,
            SampleRuns.CreateRun(suite with
            {
                Cases = [.. suite.Cases.Select((row, index) => index == 0 ? row
            : row.WithIterations(iteration => iteration with { Failed = null }) with { AllowFailures = true })]
            }));
        await report.DrawAll();

        var points = await report.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('.charts .chart')].map(chart => "
            + "chart.data.flatMap(trace => trace.x).length)");
        Assert.Equal([12, 1], points);
        Assert.Empty(report.Complaints);
    }

    [Fact]
    public async Task Every_scenario_of_a_suite_is_told_with_the_variants_it_was_for()
    {
        await using var report = await OpenedReport.Open(browser, SampleRuns.CreateRun(SampleRuns.Tail()));
        var text = await report.Page.InnerTextAsync("#measured");

        foreach (var told in (string[])["Server settings for constant:", "constant, 50 ms", "Server settings for heavy tail and "
            + "heavier:", "log-normal, median 25 ms, 99th percentile 387 ms"])
            Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("Latency asked\n").Length - 1);
    }

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1600, ColorScheme.Light)]
    public async Task All_text_is_legible_and_the_page_is_never_wider_than_the_screen_nor_when_the_window_is_resized(
        int width, ColorScheme scheme)
    {
        var run = SampleRuns.CreateRun([.. SampleRuns.Everything().Suites, TextReportTests.WithHostileNames().Suites[0]]);
        await using var report = await OpenedReport.Open(browser, run, width, scheme);
        await report.DrawAll();
        await AssertAsWideAs(width);
        await AssertLegible(report.Page);
        Assert.Equal(scheme == ColorScheme.Dark, await PaperIsDark(report.Page));

        await report.Page.SetViewportSizeAsync(800, 900);
        await report.DrawAll();
        await AssertAsWideAs(800);
        await AssertLegible(report.Page);

        Task AssertAsWideAs(int screen) =>
            report.Page.WaitForFunctionAsync($"() => document.documentElement.scrollWidth === {screen}");
    }

    [Fact]
    public async Task Paper_is_light_and_no_chart_is_wider_than_it_even_from_a_dark_wide_screen()
    {
        await using var report = await OpenedReport.Open(browser, Strategies, 1600, ColorScheme.Dark);
        await report.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        Assert.False(await PaperIsDark(report.Page));
        var widths = await report.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.chart')].map(chart => "
            + "chart.querySelector('.main-svg').getBoundingClientRect().width)");
        Assert.Equal(8, widths.Length);
        Assert.All(widths, width => Assert.InRange(width, 300, 690));
    }

    [Fact]
    public async Task A_failed_audit_shows_at_the_top_and_says_what_was_expected_and_seen()
    {
        const string Finding = "Expected 960 requests, saw 959.";
        var suite = SampleRuns.Strategies();
        await using var report = await OpenedReport.Open(browser,
            SampleRuns.CreateRun(suite with { Cases = [suite.Cases[0], suite.Cases[1] with { AuditFindings = [Finding] }] }));

        Assert.StartsWith("The audit failed for 1 row of 2", await report.Page.InnerTextAsync("[role=alert]"));
        Assert.Contains(Finding, await report.Page.InnerTextAsync("#measured"), StringComparison.Ordinal);
        Assert.Equal("FAILED", await report.Page.InnerTextAsync("td.failed"));
    }

    [Fact]
    public async Task A_hostile_name_is_only_text()
    {
        await using var report = await OpenedReport.Open(browser, TextReportTests.WithHostileNames());
        await report.DrawAll();

        Assert.Equal(0, await report.Page.Locator("main b").CountAsync());
        Assert.Contains("</script><b>", await report.Page.InnerTextAsync("#answer"), StringComparison.Ordinal);
        Assert.Contains("</script><b>", await Hover(report.Page, ".charts .chart", ".charts .chart path.point >> nth=1"),
            StringComparison.Ordinal);
        Assert.Empty(report.Complaints);
    }

    [Fact]
    public async Task Rows_that_did_not_run_and_rows_without_an_audit_are_told_not_hidden()
    {
        var suite = SampleRuns.Strategies() with
        {
            Cases = [SampleRuns.Case("Sequential", null, 800, 801, 802, 803),
            SampleRuns.Case("WhenAll", 5)]
        };
        await using var report = await OpenedReport.Open(browser, SampleRuns.CreateRun(suite, suite with { Name = "Empty", Cases = [] }));
        await report.DrawAll();

        Assert.Equal(["1 case of 2 did not run to the end.", "The server kept no log of 1 row of 2."],
            await report.Page.Locator("[role=alert]").AllInnerTextsAsync());
        Assert.Contains("No case of this suite ran to its end.", await report.Page.InnerTextAsync("#answer"), StringComparison.Ordinal);
        Assert.Empty(report.Complaints);
    }

    [Fact]
    public async Task Links_lead_to_the_other_reports()
    {
        var report = await browser.OpenDrawn(Strategies);

        Assert.Equal("Downloader.Benchmarks.Strategies-report.html",
            await report.Page.Locator("#measured a").First.GetAttributeAsync("href"));
    }

    private static async Task<(int Panels, int Bars)> Bars(IPage page) =>
        (await page.Locator(".panels .chart").CountAsync(), await page.Locator(".panels .chart .point").CountAsync());

    private static async Task<string> Hover(IPage page, string chart, string point)
    {
        await page.Locator(point).First.ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator(point).First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2 - 3, box.Y + box.Height / 2);
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        var shown = page.Locator(chart).First.Locator(".hoverlayer .hovertext").First;
        await shown.WaitForAsync();
        return await shown.TextContentAsync() ?? "";
    }

    private static Task<bool> PaperIsDark(IPage page) => page.EvaluateAsync<bool>(
        "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(channel => Number(channel) < 60)");

    // The contrast of WCAG 2.2, 1.4.3: at least 4.5 for text.
    private static async Task AssertLegible(IPage page)
    {
        var judged = await page.EvaluateAsync<string[]>(
            """
            () => {
              const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
              const light = ([r, g, b]) => {
                const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                return 0.2126 * x + 0.7152 * y + 0.0722 * z;
              };
              const paper = (node) => {
                for (let at = node; at; at = at.parentElement) {
                  const colour = channels(getComputedStyle(at).backgroundColor);
                  if (colour.length === 3 || colour[3] === 1) return colour;
                }
                return [255, 255, 255];
              };
              const verdicts = [];
              for (const node of document.querySelectorAll("body *")) {
                if (node.closest("script, noscript, style")
                    || ![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
                if (node.getClientRects().length === 0) continue;
                const svg = node.closest("svg");
                const bar = svg ? node.closest(".point")?.querySelector("path") : null;
                const inside = bar
                    && (() => { const a = bar.getBoundingClientRect(), b = node.getBoundingClientRect(); return b.left >= a.left
                    && b.right <= a.right + 1; })();
                const ink = channels(getComputedStyle(node)[svg ? "fill" : "color"]);
                const behind = inside ? channels(getComputedStyle(bar).fill) : paper(svg ? svg.parentElement : node);
                const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x);
                const contrast = (a + 0.05) / (b + 0.05);
                if (!(contrast >= 4.5)) verdicts.push(`${contrast.toFixed(2)}: ${node.textContent.trim().slice(0,
                    40)} (${ink} on ${behind})`);
                else verdicts.push("");
              }
              return verdicts;
            }
            """);
        Assert.InRange(judged.Length, 100, int.MaxValue);
        Assert.Empty(judged.Where(verdict => verdict.Length > 0).Distinct());
    }
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Ways of making a GET and of getting the client, in one concurrency pattern: a small page and a large one, where the processor
/// is the limit and where the server's latency is.</summary>
public class HttpClientUse : Suite
{
    private const string WorkerLoops = "WorkerLoops";
    private const string LargeName = "1 MB page";
    private const string SmallName = "small page";
    private const string Reference = "GetStringAsync";

    /// <summary>Workers without latency: the processor has no rest.</summary>
    private const int BusyWorkers = 64;

    /// <summary>Workers with latency: most of them wait for the server.</summary>
    private const int WaitingWorkers = 16;

    /// <summary>Each new client leaves a port in TIME_WAIT for up to two minutes. All rounds of the suite must do with the 16,384 ports
    /// that Windows has for it (Linux: 28,232), warm-up included: this many in an iteration make about 15,000.</summary>
    private const int MaxNewClients = 256;

    private const int SmallDownloads = 4_800;
    private const int LargeDownloads = 256;
    private const int WaitingDownloads = 160;

    private static readonly (int Color, Page Page, bool Waits)[] Conditions =
        [(1, Page.Dice, false), (2, Page.Dice, true), (3, Page.Large, false), (5, Page.Large, true)];

    public override string Question => "How is the GET to be made: what does each way of using HttpClient cost, and where does it matter?";

    /// <summary>Without latency an iteration takes a tenth of a second: five tell its median better than three.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 5);

    /// <summary>The library's retries are no part of the comparison.</summary>
    public override bool TakesRetries => false;

    /// <summary>A small page and a large one.</summary>
    public override bool TakesPages => false;

    public override IReadOnlyList<string> Notes =>
    [
        "GetStringAsync gives characters; the pages are ASCII, so that as many bytes were read.",
        "The factory replaces its handler, and so the connections, every two minutes; no process runs so long, so the figures show none of "
            + "it.",
        "\"Logged\": the factory's log messages are formatted and dropped; where they go, a console or a file, costs more.",
        "AddDownloader() hands the body over as text, as GetStringAsync does; its handler has no cookies and no tracing headers.",
        "new HttpClient() warms up for less time, since each client takes a port: some work of the JIT is in its processor time.",
        "Left out: the 1 MB page for ways that differ in the client alone, which its body would hide; with latency those ways whose costs "
            + "lie between those of the ones shown.",
    ];

    /// <summary>Pages without latency and with it: all four conditions.</summary>
    public static IEnumerable<object[]> All => [.. Busy, .. Waiting];

    /// <summary>The ways of reading a small body differ little; with latency only the large one is worth it.</summary>
    public static IEnumerable<object[]> BusyAndLarge => [.. Busy, [Page.Large, true]];

    /// <summary>Both pages without latency.</summary>
    public static IEnumerable<object[]> Busy => [[Page.Dice, false], [Page.Large, false]];

    /// <summary>The small page without latency and with it.</summary>
    public static IEnumerable<object[]> Small => [[Page.Dice, false], [Page.Dice, true]];

    /// <summary>The small page without latency.</summary>
    public static IEnumerable<object[]> SmallAndBusy => [[Page.Dice, false]];

    private static IEnumerable<object[]> Waiting => [[Page.Dice, true], [Page.Large, true]];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    protected override int DefaultDownloads => WaitingDownloads;

    [Benchmark(Baseline = true), ArgumentsSource(nameof(All))]
    public Task GetString(Page page, bool latency) => Run(Way(Reference, page, latency) with { Get = GetPolicy.GetStringAsync });

    [Benchmark, ArgumentsSource(nameof(Busy))]
    public Task GetByteArray(Page page, bool latency) =>
        Run(Way("GetByteArrayAsync", page, latency) with { Get = GetPolicy.GetByteArrayAsync });

    [Benchmark, ArgumentsSource(nameof(BusyAndLarge))]
    public Task ResponseHeadersRead(Page page, bool latency) =>
        Run(Way("ResponseHeadersRead", page, latency) with { Get = GetPolicy.ResponseHeadersRead });

    /// <summary>The library: its strategy, a body handed over as text, and the client of <c>AddDownloader()</c>, which has
    /// IHttpClientFactory without its loggers and with handlers that stay.</summary>
    [Benchmark, ArgumentsSource(nameof(All))]
    public Task AddDownloader(Page page, bool latency) =>
        Run(Way("AddDownloader()", page, latency) with { Get = GetPolicy.LibraryText, Clients = ClientPolicy.Factory });

    /// <summary>IHttpClientFactory as it comes: a client for each download, in a program that logs nothing.</summary>
    [Benchmark, ArgumentsSource(nameof(SmallAndBusy))]
    public Task AddHttpClient(Page page, bool latency) => Run(Way("AddHttpClient()", page, latency) with
    {
        Get = GetPolicy.GetStringAsync,
        Clients = ClientPolicy.Factory,
    });

    /// <summary>The same in a program that logs at the level Information, as a host does by default.</summary>
    [Benchmark, ArgumentsSource(nameof(Small))]
    public Task AddHttpClientLogged(Page page, bool latency) => Run(Way("AddHttpClient() logged", page, latency) with
    {
        Get = GetPolicy.GetStringAsync,
        Clients = ClientPolicy.LoggedFactory,
    });

    /// <summary>A client, and so a connection, for each download. Each costs the same, so that a part of the list tells the
    /// whole.</summary>
    [Benchmark, ArgumentsSource(nameof(Small))]
    public Task NewHttpClient(Page page, bool latency)
    {
        var whole = Way("new HttpClient()", page, latency) with
        {
            Get = GetPolicy.GetStringAsync,
            Clients = ClientPolicy.New,
            MinWarmUp = TimeSpan.FromSeconds(latency ? 0.6 : 0.3),
        };
        return Run(whole.Downloads <= MaxNewClients
            ? whole
            : whole with { Downloads = MaxNewClients, ListDownloads = whole.Downloads });
    }

    public override Conclusion Conclude(SuiteAnalysis suite) => Compare(suite).Conclude();

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite)
    {
        var ways = suite.Rows.Select(NameOf).Distinct().ToArray();
        var comparison = Compare(suite);
        return
        [
            Create("Processor time of a download, in that of GetStringAsync under the same conditions. The axis is logarithmic.",
                row => row.Figures.CpuMsPerDownload),
            Create("Time of the downloads, in that of GetStringAsync under the same conditions. The axis is logarithmic.",
                row => row.MedianMs / row.Result.Downloads),
        ];

        BarChart Create(string caption, Func<CaseAnalysis, double?> figure) => BarChart.Create(
            ways,
            caption,
            new Axis("times GetStringAsync", IsLogarithmic: true),
            [.. Conditions.Reverse().Select(condition => CreateSeries(condition.Color, condition.Page, condition.Waits, figure))]);

        BarSeries CreateSeries(int color, Page page, bool waits, Func<CaseAnalysis, double?> figure)
        {
            var rows = ways.Select(way => suite.CompletedRows.FirstOrDefault(row =>
                NameOf(row) == way && row.Result.Page == page && row.Result.Workers == WorkersFor(waits))).ToArray();
            var values = comparison.Relative(rows, figure);
            var name = rows.FirstOrDefault(row => row is not null) is { } first ? ConditionOf(first) : "";
            return new BarSeries(name, SeriesStyle.ForBars(color), values,
                [.. values.Select(value => value is { } known ? ReportFormat.ThreeDigits(known) : "")]);
        }
    }

    private static CostComparison Compare(SuiteAnalysis suite) => new(suite, NameOf, ConditionOf);

    /// <summary>The way alone: the variant without the page.</summary>
    private static string NameOf(CaseAnalysis row) => row.Result.Variant?.Split(", ")[0] ?? row.Result.Strategy;

    /// <summary>"Small page, 64 workers, 0 ms".</summary>
    private static string ConditionOf(CaseAnalysis row)
    {
        var page = PageName(row.Result.Page);
        var latency = ReportFormat.Number(row.Scenario.Latency.TotalMilliseconds);
        return $"{page}, {ReportFormat.Pluralize(row.Result.Workers ?? 1, "worker")}, {latency}\u00a0ms";
    }

    private static string PageName(Page? page) => page == Page.Large ? LargeName : SmallName;

    private static int WorkersFor(bool latency) => latency ? WaitingWorkers : BusyWorkers;

    private static int DownloadsFor(Page page, bool latency)
    {
        if (latency) return WaitingDownloads;
        return page == Page.Large ? LargeDownloads : SmallDownloads;
    }

    private DownloadCase Way(string name, Page page, bool latency) => Case(WorkerLoops, WorkersFor(latency)) with
    {
        Variant = $"{name}, {PageName(page)}",
        Scenario = latency ? Scenario : Scenario with { Latency = TimeSpan.Zero, LatencyP99 = null, LatencyJitter = TimeSpan.Zero },
        Downloads = Settings.Downloads ?? DownloadsFor(page, latency),
        Pages = [page],
        // The JIT's work is a large part of the processor time, until the code of the way is compiled for good.
        MinWarmUp = TimeSpan.FromSeconds(latency ? 1.8 : 1.4),
    };
}

using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A row of the results: a case and what follows from it.</summary>
public sealed record CaseAnalysis
{
    /// <summary>A row that blocks threads of the pool and keeps less than this share of its requests in flight is starved.</summary>
    public const double StarvedBelow = 0.5;

    /// <summary>Where requests are served in less time than this, too few are in flight at once to show whether threads were
    /// missing.</summary>
    private const double MinServiceTimeMs = 1;

    /// <summary>A client that takes more processor time than this share of its makespan is busy, and does not wait for threads.</summary>
    private const double BusyAbove = 0.5;

    internal CaseAnalysis(CaseResult result, int index, Scenario scenario)
    {
        Result = result;
        Index = index;
        Scenario = scenario;
        Figures = new CaseFigures(result);
        MediansMs = Figures.MediansByRound;
        if (MediansMs.Count == 0) return;
        MedianMs = MediansMs.Values.GeometricMean();
        var firstMs = RanOnceWithoutThreads ? Figures.FirstMs : null;
        HasTrend = TrendTest.HasTrend(Figures.MakespansByProcess, firstMs);
    }

    /// <summary>What was measured.</summary>
    public CaseResult Result { get; }

    /// <summary>Its figures over all iterations.</summary>
    public CaseFigures Figures { get; }

    /// <summary>Its place in the suite, from 0.</summary>
    public int Index { get; }

    /// <summary>What the server was asked to do.</summary>
    public Scenario Scenario { get; }

    /// <summary>The median makespan of the process of each round, by round: the unit of all statistics.</summary>
    public IReadOnlyDictionary<int, double> MediansMs { get; }

    /// <summary>The case's makespan: the geometric mean of its processes' medians; null when the case did not run.</summary>
    public double? MedianMs { get; }

    /// <summary>Downloads of the list that the case stands for: of a case that ran a share of the list, the whole list's.</summary>
    public int ListDownloads => Result.ListDownloads ?? Result.Downloads;

    /// <summary>The makespan of the whole list: of a case that ran a share of the list, its time in proportion.</summary>
    public double? ListMedianMs => MedianMs * ListDownloads / Result.Downloads;

    /// <summary>Whether its iterations follow a trend: it had not settled, and its median depends on how many were run. Of a case whose
    /// threads were missing, and that ran in one round only, the first run counts for the order: there are few iterations, and the pool
    /// grows from the first run on.</summary>
    public bool HasTrend { get; }

    /// <summary>The baseline's makespan of the list over this one's, paired within rounds. Without an error where the rounds cannot tell
    /// one; null without a baseline for as many downloads, and where the time of either says nothing.</summary>
    public Estimate? Speedup { get; internal init; }

    /// <summary>How it stands beside the best of the rows under the same conditions; null for a row that is not compared: of one process
    /// only, without a limit, starved, cold, still changing, refused, with failed downloads or a failed audit.</summary>
    public ComparisonWithBest? VersusBest { get; internal init; }

    /// <summary>The relative standard deviation of its processes; null where the rounds cannot tell.</summary>
    public double? ProcessDeviation { get; internal init; }

    /// <summary>The makespan of each iteration.</summary>
    public IReadOnlyList<double> MakespansMs => Figures.MakespansMs;

    /// <summary>The most requests it could have in flight: its workers, and never more than its downloads.</summary>
    public int MaxInFlight => Math.Min(Result.Kind == StrategyKind.Sequential ? 1 : Result.Workers ?? Result.Downloads, Result.Downloads);

    /// <summary>Whether its requests in flight have a limit.</summary>
    public bool IsBounded => Result.Workers is not null || Result.Kind == StrategyKind.Sequential;

    /// <summary>Downloads that failed, per iteration; null when the case did not run, or when they may have failed and were not
    /// counted.</summary>
    public double? Failed
    {
        get
        {
            if (MedianMs is null) return null;
            double? uncounted = Result.AllowFailures ? null : 0;
            return Figures.ReportedFailures ?? uncounted;
        }
    }

    /// <summary>Downloads that succeeded, per iteration; null when unknown.</summary>
    public double? Succeeded => Result.Downloads - Failed;

    /// <summary>Downloads that succeeded, per second of median makespan; null when unknown.</summary>
    public double? DownloadsPerSecond => MedianMs is > 0 ? Succeeded * 1000 / MedianMs : null;

    /// <summary>The ideal schedule over the makespan, percent. Null without an audit, and where the server has a capacity: time in its
    /// queue counts as service time, so the ideal schedule would contain the wait, and waiting would look efficient.</summary>
    public double? Efficiency => Scenario.Capacity is not null ? null : 100 * Figures.IdealShare;

    /// <summary>Every download is known to have succeeded, and the audit found nothing.</summary>
    public bool IsValid => Failed == 0 && Result.AuditFindings.Count == 0;

    /// <summary>Whether it can take part in the estimate of noise and in comparisons; for both it must have run in every round
    /// too.</summary>
    public bool IsRegular => IsComparable && (IsBounded || Result.IsBaseline);

    /// <summary>Whether its time says something of its strategy: not where downloads failed or were refused, threads were missing, the case
    /// was cold or had not settled.</summary>
    public bool IsComparable => IsValid && !IsStarved && !HasTrend && !Result.IsCold && !WasRefused;

    /// <summary>Whether the server refused requests of it, by the server's log. Where retries made its downloads succeed all the same, its
    /// time is mostly that of the waits between them.</summary>
    public bool WasRefused => MetRateLimit || Figures.CountOf(RequestOutcome.Refused) > 0;

    /// <summary>Whether the server refused requests of it for their rate, by the server's log.</summary>
    public bool MetRateLimit => Figures.CountOf(RequestOutcome.RateLimited) > 0;

    /// <summary>Whether it reached the server's capacity, by the server's log: requests were refused for it, or more were in flight at any
    /// moment than the server serves at once, so that they waited. The mean does not tell: where 64 workers meet a capacity of 60, four
    /// requests wait for a second wave, in which few are in flight.</summary>
    public bool MetCapacity => Scenario.Capacity is { } capacity
        && (Figures.CountOf(RequestOutcome.Refused) > 0 || Figures.PeakInFlight > capacity);

    /// <summary>Its workers waited for threads of the pool, not for the server: a row that blocks more such threads than there are at
    /// first, and kept less than half of its requests in flight although the processor was idle.</summary>
    public bool IsStarved => MaxInFlight > 1 && LacksThreads && !IsBusy && !(Figures.ServiceTimeMs < MinServiceTimeMs)
        && ShareInFlight < StarvedBelow;

    /// <summary>Whether the server itself took longer than asked: see <see cref="ServerDelay"/>.</summary>
    public bool IsServerBehind => ServerDelay.IsBehind(this);

    /// <summary>What a reader must notice beside the strategy's name: "starved", "server behind", "still changing", "not
    /// compared".</summary>
    public IReadOnlyList<string> Marks
    {
        get
        {
            List<string> marks = [];
            if (IsStarved) marks.Add("starved");
            if (Result.ListDownloads is { } list) marks.Add($"{Result.Downloads} of {list} downloads");
            if (WasRefused && IsValid) marks.Add("refused");
            if (IsServerBehind) marks.Add("server behind");
            if (HasTrend) marks.Add("still changing");
            if (MedianMs is not null && !IsValid) marks.Add("not compared");
            return marks;
        }
    }

    /// <summary>The variant, and "cold" for a first run; empty for neither.</summary>
    public string VariantText => string.Join(", ", VariantParts);

    /// <summary>Strategy and variant; a first run says so.</summary>
    public string Name => WithParts(VariantParts);

    /// <summary>Strategy, variant and workers, as a sentence names it.</summary>
    public string FullName => Name + WithWorkers;

    /// <summary>The same without the mark of a first run.</summary>
    public string NameWithoutColdMarker => WithParts(Result.Variant is { Length: > 0 } variant ? [variant] : []) + WithWorkers;

    /// <summary>The worker limit as a table shows it: "5", "no limit".</summary>
    public string WorkersText => IsBounded ? ReportFormat.Number(Result.Workers ?? 1) : "no limit";

    /// <summary>Requests in flight over those of the ideal schedule, which is the ideal schedule over the makespan; without an ideal, the
    /// allowed requests stand for it. Waits before another try and for a new connection are in no log: where requests failed, only the
    /// most in flight at once tell.</summary>
    private double? ShareInFlight => Figures.Attempts > Figures.CountOf(RequestOutcome.Served)
        ? (double?)Figures.PeakInFlight / MaxInFlight
        : Figures.IdealShare ?? Figures.MeanInFlight / MaxInFlight;

    private bool RanOnceWithoutThreads => !Result.IsCold && Result.MissingThreads > 0 && Result.Processes.Count == 1;

    /// <summary>Whether it has more workers that block the pool than the pool has threads at first. Older data name the strategy
    /// alone.</summary>
    private bool LacksThreads => Result.MissingThreads is { } missing
        ? missing > 0
        : StrategyCatalogue.Find(Result.Strategy) is { BlocksThreadPool: true };

    /// <summary>Whether the client's process kept the processor busy.</summary>
    private bool IsBusy => Figures.CpuMsPerDownload * Result.Downloads > BusyAbove * MedianMs;

    private string[] VariantParts =>
        [.. new[] { Result.Variant, Result.IsCold ? "cold" : null }.OfType<string>().Where(part => part.Length > 0)];

    private string WithWorkers => Result.Workers is { } workers ? $" with {ReportFormat.Pluralize(workers, "worker")}" : "";

    private string WithParts(string[] parts) => parts.Length > 0 ? $"{Result.Strategy} ({string.Join(", ", parts)})" : Result.Strategy;
}

namespace Downloader.Benchmarks.Calibration;

/// <summary>Which requests a calibration sends: first one worker alone, then more and more of them until a limit shows, and then a closer
/// look at the limit, without going higher again.</summary>
/// <param name="options">What may be sent.</param>
/// <param name="loop">Sends them.</param>
internal sealed class ProbeSchedule(ProbeOptions options, ProbeLoop loop)
{
    private const int AloneRequests = 60;
    private const int MinAloneRequests = 10;
    private const int ReconnectAfter = 3;

    /// <summary>How many durations should be known in the end.</summary>
    private const int WantedSuccesses = 60;

    /// <summary>The share of requests that may be refused, and their most.</summary>
    private const double MaxRefusedShare = 0.05;
    private const int MaxRefused = 12;

    private const int MaxLooksAtRate = 3;
    private const int MaxLooksAtRefusals = 4;

    /// <summary>Paced requests stay so far below a rate.</summary>
    private const double PaceShare = 0.8;

    private static readonly TimeSpan AloneTime = TimeSpan.FromSeconds(15);

    private readonly List<string> _notes = [];

    /// <summary>What a reader must know, a sentence each.</summary>
    public IReadOnlyList<string> Notes => loop.EndReason is null ? _notes : [.. _notes, loop.EndReason];

    /// <summary>The most workers that have sent requests.</summary>
    public int MaxWorkers { get; private set; } = 1;

    /// <summary>Sends all of it.</summary>
    /// <param name="pause">The pause between two requests that robots.txt asks for; null for none.</param>
    /// <exception cref="CalibrationException">It makes no sense to go on.</exception>
    public async Task RunAsync(TimeSpan? pause)
    {
        if (pause is { } crawlDelay) await RunSlowlyAsync(crawlDelay);
        else await ClimbAsync();
        await loop.DrainAsync();
    }

    /// <summary>With a pause between requests more workers would send no more.</summary>
    private async Task RunSlowlyAsync(TimeSpan pause)
    {
        _notes.Add(FormattableString.Invariant(
            $"robots.txt asks for {pause.TotalSeconds:0.###} s between two requests (Crawl-delay): no limit was looked for."));
        await RunPacedAsync(WantedSuccesses, 1, pause);
    }

    private async Task ClimbAsync()
    {
        var quarter = options.MaxTime / 4;
        var alone = new ProbeStage(1, GetAloneRequests())
        {
            MaxTime = quarter < AloneTime ? quarter : AloneTime,
            MinRequests = MinAloneRequests,
            ReconnectAfter = ReconnectAfter,
        };
        var sign = await loop.RunAsync(alone);
        var level = 1;
        var throughput = new ThroughputWatch();
        var levels = StaircasePlan.GetLevels(options.MaxWorkers);
        while (sign is null && !loop.IsOver && levels.Count > 0)
        {
            var stage = StaircasePlan.GetNext(
                levels, loop.RequestsLeft, loop.TimeLeft, loop.MedianDuration ?? TimeSpan.FromSeconds(1), throughput.Max);
            level = stage.Workers;
            MaxWorkers = level;
            var (before, started) = (loop.Succeeded, TimeProvider.System.GetTimestamp());
            sign = await loop.RunAsync(stage);
            throughput.Add(loop.Succeeded - before, TimeProvider.System.GetElapsedTime(started));
            levels = [.. levels.Where(one => one > level)];
        }

        if (sign is null) return;
        _notes.Add($"It stopped climbing at {Workers(level)}: {Describe(sign)}.");
        await (sign.Outcome switch
        {
            ObservedOutcome.Refused => LookAtRefusalsAsync(sign, level),
            ObservedOutcome.TimedOut => loop.RunAsync(new ProbeStage(GetLevelBelow(level), MinAloneRequests * 2)),
            _ => LookAtRateAsync(sign, level),
        });
    }

    /// <summary>Fewer workers, until none is refused.</summary>
    private async Task LookAtRefusalsAsync(LimitSign first, int climbed)
    {
        var level = Math.Max(1, Math.Min(climbed, first.InFlight - 1));
        for (var look = 0; look < MaxLooksAtRefusals && !loop.IsOver && MayRefuse(); look++)
        {
            var requests = Math.Clamp(loop.RequestsLeft / 2, MinAloneRequests, Math.Max(40, 3 * level));
            var sign = await loop.RunAsync(new ProbeStage(level, requests));
            if (sign is null) break;
            level = Math.Max(1, Math.Min(level, sign.InFlight) - 1);
        }

        var missing = WantedSuccesses - loop.Succeeded;
        if (missing > 0 && MayRefuse()) await loop.RunAsync(new ProbeStage(Math.Max(1, level - 1), missing));
    }

    /// <summary>The same workers, until they are refused again; then so slowly that none is.</summary>
    private async Task LookAtRateAsync(LimitSign first, int level)
    {
        // Of the first stretch it is not known how much of the limit was left at its start.
        var (rate, wait) = (first.Accepted / first.Elapsed.TotalSeconds / 2, first.Answer.Wait ?? TimeSpan.Zero);
        for (var look = 1; look < MaxLooksAtRate && !loop.IsOver && MayRefuse(rate); look++)
        {
            // Where requests are saved up, a longer rest shows how many.
            if (look == MaxLooksAtRate - 1) await loop.RestAsync(wait < TimeSpan.FromSeconds(2) ? wait : TimeSpan.FromSeconds(2));
            var sign = await loop.RunAsync(new ProbeStage(level, loop.RequestsLeft - Math.Max(0, WantedSuccesses / 3)));
            if (sign is null) break;
            wait = sign.Answer.Wait ?? wait;
            // After a refusal nothing is saved up: this many came in since.
            rate = sign.Accepted / sign.Elapsed.TotalSeconds;
        }

        await RunPacedAsync(WantedSuccesses - loop.Succeeded, level, TimeSpan.FromSeconds(1 / (PaceShare * Math.Max(rate, 0.01))));
    }

    private async Task RunPacedAsync(int requests, int workers, TimeSpan pace)
    {
        var goal = loop.Succeeded + requests;
        while (loop.Succeeded < goal && !loop.IsOver && pace < loop.TimeLeft)
        {
            var sign = await loop.RunAsync(new ProbeStage(workers, goal - loop.Succeeded) { Pace = pace });
            if (sign is null || !MayRefuse()) return;
            pace *= 2;
        }
    }

    /// <summary>Whether one more refusal stays within the share, when all requests are sent that still will be.</summary>
    /// <param name="rate">The requests per second that the server accepts; null where they are not limited.</param>
    private bool MayRefuse(double? rate = null)
    {
        // Whether a server refuses everything is known after some refusals.
        if (loop.Succeeded == 0) return true;
        if (rate is not { } limit) return loop.Refused < Math.Min(MaxRefused, MaxRefusedShare * options.MaxRequests);
        var sent = options.MaxRequests - loop.RequestsLeft;
        var possible = sent + loop.TimeLeft.TotalSeconds * limit;
        var expected = Math.Min(possible, Math.Max(sent, WantedSuccesses));
        return loop.Refused + 1 <= Math.Min(MaxRefused, MaxRefusedShare * expected);
    }

    /// <summary>All of them, where there will never be a second worker.</summary>
    private int GetAloneRequests() => options.MaxWorkers == 1
        ? options.MaxRequests
        : Math.Max(Math.Min(AloneRequests, options.MaxRequests / 5), MinAloneRequests);

    private int GetLevelBelow(int level) => StaircasePlan.GetLevels(options.MaxWorkers).LastOrDefault(one => one < level, 1);

    private static string Describe(LimitSign sign) => sign.Answer.Problem ?? "its RateLimit header says that the limit is reached";

    private static string Workers(int count) => count == 1 ? "1 worker" : $"{count} workers";
}

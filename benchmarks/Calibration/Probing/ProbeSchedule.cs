namespace Downloader.Benchmarks.Calibration.Probing;

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

    private const double RateExcess = 1.5;

    /// <summary>Requests that were refused within this share of the wait before show what the server saves up, and not its rate.</summary>
    private const double BurstShare = 0.3;

    /// <summary>Then paces are tried, each so much faster than the one before, and each for so long.</summary>
    private const double PaceGrowth = 1.5;
    private const double PaceSeconds = 1.5;
    private const int GapsPerDuration = 5;

    private static readonly TimeSpan AloneTime = TimeSpan.FromSeconds(15);

    private readonly List<string> _notes = [];

    /// <summary>What a reader must know, a sentence each.</summary>
    public IReadOnlyList<string> Notes => loop.EndReason is null ? _notes : [.. _notes, loop.EndReason];

    /// <summary>The number of workers with which a timeout or a header ended the climb; null where none did.</summary>
    public int? StoppedAt { get; private set; }

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
            sign = await loop.RunAsync(stage with { Pace = GetGap(level) });
            throughput.Add(loop.Succeeded - before, TimeProvider.System.GetElapsedTime(started));
            levels = [.. levels.Where(one => one > level)];
        }

        if (sign is null) return;
        _notes.Add($"It stopped climbing at {Workers(level)}: {Describe(sign)}.");
        if (sign.Outcome is not (ObservedOutcome.Refused or ObservedOutcome.RateLimited)) StoppedAt = level;
        await (sign.Outcome switch
        {
            ObservedOutcome.Refused => LookAtRefusalsAsync(sign, level),
            ObservedOutcome.TimedOut => loop.RunAsync(new ProbeStage(GetLevelBelow(level), MinAloneRequests * 2)),
            _ => LookAtRateAsync(sign, level),
        });
    }

    /// <summary>Fewer workers, until none is refused; and then once more as many as were refused, to see that it is their number.</summary>
    private async Task LookAtRefusalsAsync(LimitSign first, int climbed)
    {
        var refused = Math.Min(climbed, first.InFlight);
        LimitSign? sign = first;
        for (var look = 0; look < MaxLooksAtRefusals && sign is not null && !loop.IsOver && MayRefuse(); look++)
        {
            refused = Math.Min(refused, sign.InFlight);
            if (refused <= 1)
            {
                // Even one at a time: it is their number in a time that is limited.
                await LookAtRateAsync(sign, 1);
                return;
            }

            var requests = Math.Clamp(loop.RequestsLeft / 2, MinAloneRequests, Math.Max(40, 3 * refused));
            sign = await loop.RunAsync(new ProbeStage(Math.Max(1, refused - 1), requests) { Pace = GetGap(refused) });
        }

        if (sign is null && refused > 1 && MayRefuse())
            await loop.RunAsync(new ProbeStage(refused, MinAloneRequests + refused) { Pace = GetGap(refused) });
        // What is left tells how long requests take.
        if (MayRefuse())
            await loop.RunAsync(new ProbeStage(Math.Max(1, refused - 1), loop.RequestsLeft) { Pace = GetGap(refused) });
    }

    /// <summary>As few workers as it takes to be refused again; then so slowly that none is.</summary>
    private async Task LookAtRateAsync(LimitSign first, int level)
    {
        // Of the first stretch it is not known how much of the limit was left at its start.
        var (rate, wait) = (first.Accepted / first.Elapsed.TotalSeconds / 2, first.Answer.Wait ?? TimeSpan.Zero);
        for (var look = 1; look < MaxLooksAtRate && !loop.IsOver && MayRefuse(rate); look++)
        {
            // Where requests are saved up, a longer rest shows how many.
            if (look == MaxLooksAtRate - 1) await loop.RestAsync(wait < TimeSpan.FromSeconds(2) ? wait : TimeSpan.FromSeconds(2));
            if (look > 1) level = Math.Min(level, GetLevelAbove(rate));
            var requests = loop.RequestsLeft - (WantedSuccesses / 3);
            var sign = await loop.RunAsync(new ProbeStage(level, requests) { Pace = GetGap(level) });
            if (sign is null) break;
            // After a refusal nothing is saved up: this many came in since.
            rate = sign.Accepted / sign.Elapsed.TotalSeconds;
            var isBurst = sign.Elapsed - wait < BurstShare * wait;
            wait = sign.Answer.Wait ?? wait;
            if (!isBurst) continue;
            rate = await LookAtPacesAsync(rate, level);
            break;
        }

        await RunPacedAsync(WantedSuccesses - loop.Succeeded, level, TimeSpan.FromSeconds(1 / (PaceShare * Math.Max(rate, 0.01))));
    }

    /// <summary>Faster and faster paces, until one is refused, all far slower than what was refused before.</summary>
    /// <returns>The fastest that was not refused, in requests per second.</returns>
    private async Task<double> LookAtPacesAsync(double rate, int level)
    {
        for (var pace = rate * PaceGrowth; !loop.IsOver && loop.Refused < MaxRefused; pace *= PaceGrowth)
        {
            var requests = Math.Min((int)Math.Ceiling(pace * PaceSeconds), loop.RequestsLeft - (WantedSuccesses / 3));
            if (requests < MinAloneRequests || await loop.RunAsync(CreateStage(requests, pace)) is not null) break;
            rate = pace;
        }

        return rate;

        ProbeStage CreateStage(int requests, double pace) =>
            new(Math.Min(level, GetLevelAbove(pace)), requests) { Pace = TimeSpan.FromSeconds(1 / pace) };
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

    /// <summary>The fewest workers that send clearly more requests than this rate.</summary>
    private int GetLevelAbove(double rate) =>
        (int)Math.Ceiling(RateExcess * rate * (loop.MedianDuration ?? TimeSpan.Zero).TotalSeconds) + 1;

    /// <summary>Workers whose requests all take alike would send them all at once again and again, and be refused all at once. A short time
    /// between them is enough to prevent that, and so short that none waits for it otherwise.</summary>
    private TimeSpan GetGap(int workers) => (loop.MedianDuration ?? TimeSpan.Zero) / (GapsPerDuration * workers);

    private int GetLevelBelow(int level) => StaircasePlan.GetLevels(options.MaxWorkers).LastOrDefault(one => one < level, 1);

    private static string Describe(LimitSign sign) => sign.Answer.Problem ?? "its RateLimit header says that the limit is reached";

    private static string Workers(int count) => count == 1 ? "1 worker" : $"{count} workers";
}

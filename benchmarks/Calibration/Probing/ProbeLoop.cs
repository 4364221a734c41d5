using System.Threading.Channels;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Sends the requests of one stage after the other, and keeps what is seen: a closed loop, in which each worker sends its next
/// request as soon as it has an answer. One method runs at a time; only the requests themselves run side by side.</summary>
internal sealed class ProbeLoop : IDisposable
{
    /// <summary>A timer may be early by less than this.</summary>
    private static readonly TimeSpan TimerTolerance = TimeSpan.FromMilliseconds(20);

    /// <summary><see cref="LoopbackWarmUp"/> speaks HTTP/1.1: what HTTP/2 takes is compiled in the first requests.</summary>
    private const int Http2WarmUp = 20;

    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    private readonly ProbeOptions _options;
    private readonly ProbeClock _clock;
    private readonly IProgress<ProbeProgress>? _progress;
    private readonly RequestBudget _budget;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _endingToken;
    private readonly ProbeClients _clients;
    private readonly FailureWatch _failures;
    private readonly Channel<RequestInFlight> _ended = Channel.CreateUnbounded<RequestInFlight>();
    private readonly SortedSet<int> _idle;
    private readonly List<ObservedRequest> _seen = [];
    private int _sentPages;
    private int _refused;
    private int _failed;
    private int _allowed = 1;
    private int _acceptedSinceLimit;
    private TimeSpan _lastLimit;
    private TimeSpan _pausedUntil;
    private TimeSpan _nextStart;

    /// <param name="options">What may be sent.</param>
    /// <param name="clock">The clock of the calibration.</param>
    /// <param name="alreadySent">Requests that count, and were sent before.</param>
    /// <param name="progress">Told of each answer; null for nobody.</param>
    /// <param name="stop">Ends the calibration.</param>
    public ProbeLoop(
        ProbeOptions options, ProbeClock clock, int alreadySent, IProgress<ProbeProgress>? progress, CancellationToken stop)
    {
        (_options, _clock, _progress) = (options, clock, progress);
        _budget = new RequestBudget(options.MaxRequests, alreadySent);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Requests on the pool may ask for it after the source is disposed.
        _endingToken = _ending.Token;
        _clients = new ProbeClients(options, clock, _budget);
        _failures = new FailureWatch(options.Target);
        _idle = [.. Enumerable.Range(0, options.MaxWorkers)];
        _lastLimit = clock.Now;
    }

    /// <summary>What was seen so far, in the order in which requests ended.</summary>
    public IReadOnlyList<ObservedRequest> Seen => _seen;

    /// <summary>Whether no further request will be sent.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why it was over before its time, a sentence; null where it was not.</summary>
    public string? EndReason { get; private set; }

    /// <summary>How many requests may still be sent.</summary>
    public int RequestsLeft => IsOver ? 0 : _budget.Left;

    /// <summary>How much time is left for starting requests.</summary>
    public TimeSpan TimeLeft => _options.MaxTime - _clock.Used - (MedianDuration ?? TimeSpan.Zero);

    /// <summary>How many requests were refused.</summary>
    public int Refused => _refused;

    /// <summary>Why nothing was learnt where every request was refused, a line; null where not every one was.</summary>
    public string? RefusalOfAll => _failures.FindRefusalOfAll();

    /// <summary>How many requests have succeeded.</summary>
    public int Succeeded { get; private set; }

    /// <summary>The median duration of what succeeded with the first worker alone, or else of all; null before the first
    /// success.</summary>
    public TimeSpan? MedianDuration { get; private set; }

    private int InFlight => _options.MaxWorkers - _idle.Count;

    /// <summary>Sends the requests of a stage. Those that are still in flight at its end belong to the next one.</summary>
    /// <returns>The first sign of a limit. Then all requests have ended, and the wait that the server asked for is over. Null when there
    /// was none.</returns>
    /// <exception cref="CalibrationException">It makes no sense to go on.</exception>
    public async Task<LimitSign?> RunAsync(ProbeStage stage)
    {
        var run = new StageRun(stage, _clock.Used);
        _allowed = Math.Min(_allowed, stage.Workers);
        try
        {
            ScheduleEnd();
            await SendAsync(run);
            if (run.Sign is null) return null;
            _allowed = 1;
            (_acceptedSinceLimit, _lastLimit) = (0, run.Sign.Answer.Request.Ended);
            await WaitAsync();
            return run.Sign;
        }
        catch (OperationCanceledException) when (_endingToken.IsCancellationRequested)
        {
            IsOver = true;
            return null;
        }
    }

    /// <summary>Sends nothing for a while, by our own choice.</summary>
    public async Task RestAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _endingToken);
        }
        catch (OperationCanceledException)
        {
            IsOver = true;
        }
    }

    /// <summary>Waits for the requests in flight.</summary>
    /// <exception cref="CalibrationException">It makes no sense to go on.</exception>
    public async Task DrainAsync()
    {
        try
        {
            ScheduleEnd();
            while (InFlight > 0) Record(await _ended.Reader.ReadAsync(_endingToken), run: null);
        }
        catch (OperationCanceledException) when (_endingToken.IsCancellationRequested)
        {
            IsOver = true;
        }

        // Requests that were cut off were sent, too.
        Report("the last answers");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _clients.Dispose();
        _ending.Dispose();
    }

    /// <summary>Requests that are under way at the end of the time are cut off; a wait that the server asks for puts the end off.</summary>
    private void ScheduleEnd()
    {
        var left = _options.MaxTime - _clock.Used;
        _ending.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task SendAsync(StageRun run)
    {
        while (true)
        {
            while (CanSend(run)) Send(run);
            if (run.Sign is not null && InFlight == 0) return;
            if (run.Sign is null && IsSent(run)) return;
            await WaitForAnswerAsync(run);
            while (_ended.Reader.TryRead(out var ended)) Record(ended, run);
        }
    }

    private async Task WaitForAnswerAsync(StageRun run)
    {
        var answer = _ended.Reader.WaitToReadAsync(_endingToken).AsTask();
        var waitsForPace = run.Sign is null && InFlight < _allowed;
        if (!waitsForPace)
        {
            await answer;
            return;
        }

        var pause = _nextStart - _clock.Now;
        if (pause > TimeSpan.Zero) await (await Task.WhenAny(answer, Task.Delay(pause, _endingToken)));
    }

    private bool CanSend(StageRun run) =>
        run.Sign is null && !IsSent(run) && InFlight < _allowed && _clock.Now >= _nextStart;

    /// <summary>Whether a stage has sent what it may.</summary>
    private bool IsSent(StageRun run)
    {
        var stage = run.Stage;
        if (RequestsLeft == 0 || (_sentPages > 0 && TimeLeft <= TimeSpan.Zero)) IsOver = true;
        var isLate = _clock.Used - run.Started >= stage.MaxTime && run.Sent >= stage.MinRequests;
        return IsOver || isLate || run.Sent >= stage.Requests;
    }

    private void Send(StageRun run)
    {
        // Since it was asked, the handler may have taken the last one.
        if (!_budget.TryTake()) return;
        var worker = _idle.Min;
        _idle.Remove(worker);
        var reconnectAfter = run.Stage.ReconnectAfter;
        if (reconnectAfter > 0 && run.Sent % reconnectAfter == 0) _clients.Reconnect(worker);
        var page = _sentPages % _options.Target.Uris.Count;
        _sentPages++;
        run.Sent++;
        _nextStart = _clock.Now + run.Stage.Pace;
        _ = SendAsync(new RequestInFlight(worker, page, InFlight, run.Stage.Workers), Timeout);
    }

    /// <summary>On the thread pool, so that the requests of all workers can be sent while the answer of one is handled.</summary>
    private async Task SendAsync(RequestInFlight request, TimeSpan timeout)
    {
        var client = _clients.Get(request.Worker);
        var uri = _options.Target.Uris[request.Page];
        try
        {
            var answer = await Task.Run(() => client.GetAsync(uri, timeout, _endingToken)).ConfigureAwait(false);
            _ended.Writer.TryWrite(request with { Answer = answer });
        }
        catch (OperationCanceledException)
        {
            // The calibration ends; whether this request would have succeeded is not known.
        }
    }

    private TimeSpan Timeout
    {
        get
        {
            var usual = MedianDuration is { } median ? Max(MinTimeout, 20 * median) : _options.RequestTimeout;
            return usual < _options.RequestTimeout ? usual : _options.RequestTimeout;
        }
    }

    private void Record(RequestInFlight ended, StageRun? run)
    {
        _idle.Add(ended.Worker);
        var isWarmUp = _options.UsesHttp2 && _seen.Count < Http2WarmUp;
        var request = ended.Answer!.Request with { Page = ended.Page, Workers = ended.Workers, IsWarmUp = isWarmUp };
        var answer = ended.Answer with { Request = request };
        if (answer.BrokenBefore is { } broken)
        {
            _failed++;
            _seen.Add(broken with { Page = ended.Page, Workers = ended.Workers });
        }

        _seen.Add(request);
        Count(answer);
        Report(ended.Workers == 1 ? "1 worker" : $"{ended.Workers} workers");
        if (_failures.FindError(answer) is { } error) throw new CalibrationException(error);
        if (run is null) return;
        if (answer.Wait is { } wait) _pausedUntil = Max(_pausedUntil, request.Ended + wait + TimerTolerance);
        if (answer.IsLimit) run.Sign ??= new LimitSign(answer, ended.InFlight, _acceptedSinceLimit, request.Ended - _lastLimit);
        // One worker more after each answer: a limit is met by one request too many, and not by all new workers at once.
        if (_allowed < run.Stage.Workers) _allowed++;
    }

    private void Count(ProbeAnswer answer)
    {
        var outcome = answer.Request.Outcome;
        if (answer.IsRefusal) _refused++;
        else if (outcome != ObservedOutcome.Succeeded) _failed++;
        if (outcome != ObservedOutcome.Succeeded) return;
        Succeeded++;
        _acceptedSinceLimit++;
        // Often enough for what depends on it, and rarely enough to cost nothing.
        if (Succeeded < 20 || Succeeded % 10 == 0) MedianDuration = GetMedianDuration();
    }

    private TimeSpan GetMedianDuration()
    {
        var alone = _seen.Where(one => one.Outcome == ObservedOutcome.Succeeded && one.Workers == 1).ToList();
        var durations = (alone.Count > 0 ? alone : _seen.Where(one => one.Outcome == ObservedOutcome.Succeeded))
            .Select(one => one.Duration).Order().ToList();
        return durations[durations.Count / 2];
    }

    private async Task WaitAsync()
    {
        var wait = _pausedUntil - _clock.Now;
        if (wait <= TimeSpan.Zero) return;
        if (wait > MaxWait)
        {
            IsOver = true;
            EndReason = FormattableString.Invariant(
                $"The server asked to wait for {wait.TotalMinutes:0.#} minutes, which is longer than a calibration waits.");
            return;
        }

        _ending.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
        Report(FormattableString.Invariant($"waiting {wait.TotalSeconds:0.#} s, as the server asks"));
        var started = _clock.Now;
        await Task.Delay(wait, _endingToken);
        _clock.Waited += _clock.Now - started;
    }

    private void Report(string stage) => _progress?.Report(new ProbeProgress(stage, _budget.Sent, _refused, _failed));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>A request under way, and then its answer.</summary>
    private sealed record RequestInFlight(int Worker, int Page, int InFlight, int Workers)
    {
        public ProbeAnswer? Answer { get; init; }
    }

    /// <summary>How far a stage is.</summary>
    private sealed class StageRun(ProbeStage stage, TimeSpan started)
    {
        public ProbeStage Stage => stage;

        public TimeSpan Started => started;

        public int Sent { get; set; }

        public LimitSign? Sign { get; set; }
    }
}

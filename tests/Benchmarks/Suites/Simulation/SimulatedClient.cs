using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>A client that downloads a case's list in the shape of its strategy: bounded workers that share the list, a fixed share for each
/// worker, batches of which each waits for the one before, all at once, workers that wait for threads of the pool, or as many as the
/// library's controller decides.</summary>
internal sealed class SimulatedClient
{
    /// <summary>Threads that a pool has after a warm-up; it adds one each half second.</summary>
    private const int WarmPoolThreads = 6;

    /// <summary>Threads that a pool makes at once.</summary>
    private const int ColdPoolThreads = 2;

    private static readonly TimeSpan PoolGrowth = TimeSpan.FromSeconds(0.5);

    /// <summary>From the answer's beginning to the next request, on the same machine.</summary>
    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(0.1);

    private readonly DownloadCase _case;
    private readonly SimulatedClock _clock;
    private readonly SimulatedServer _server;
    private readonly SimulatedConnections _connections;
    private readonly Dictionary<RequestOutcome, int> _failures = [];
    private readonly bool _isCold;
    private readonly AdaptiveController? _controller;
    private readonly Queue<Action<AdaptiveAttempt>> _waiting = [];
    private bool _isStartingLater;
    private TimeSpan _nextPaced;
    private TimeSpan _processorFree;
    private TimeSpan _ended;
    private int _next;
    private int _unfinishedOfBatch;
    private int _succeeded;

    public SimulatedClient(DownloadCase downloadCase, SimulatedServer server, SimulatedClock clock, bool isCold)
    {
        (_case, _server, _clock, _isCold) = (downloadCase, server, clock, isCold);
        _connections = new SimulatedConnections(downloadCase, isWarm: !isCold);
        _controller = downloadCase.DecidesInFlight ? new AdaptiveController(downloadCase.MaxInFlight) : null;
    }

    /// <summary>From the start to the end of the last download.</summary>
    public TimeSpan Makespan => _ended;

    /// <summary>Whether workers had no thread while there was work.</summary>
    public bool HasWaitedForThreads { get; private set; }

    /// <summary>What the client would report to the server.</summary>
    public ClientIterationReport Report => new(
        _succeeded,
        _server.Log.Where(request => request.Outcome == RequestOutcome.Served).Sum(request => (long)request.BodyBytes),
        _failures.Values.Sum(),
        _failures.ToDictionary(failure => $"{failure.Key}", failure => failure.Value),
        CpuMilliseconds: _case.Tool is null ? _server.Log.Count * ProcessorTime.TotalMilliseconds : null,
        AllocatedBytes: _case.Tool is null ? AllocatedBytes * _case.Downloads : null,
        PeakMemoryBytes: _case.Tool is null ? 60_000_000 : null,
        FirstMs: _case.Tool is null ? 1.5 * Makespan.TotalMilliseconds : null,
        Decisions: _case.DecidesInFlight ? Decisions : null);

    /// <summary>It decides at each refusal to leave everything as it is.</summary>
    private InFlightDecisions Decisions =>
        new(_server.Log.Count, _server.Log.Count(request => request.Outcome == RequestOutcome.Refused), []);

    /// <summary>Bytes that a download allocates: a string holds two for each character, beside the bytes themselves.</summary>
    private long AllocatedBytes => AllocatedByStrategy + _case.Get switch
    {
        GetPolicy.GetStringAsync => 500 + (3 * PageBytes),
        GetPolicy.LibraryText => 2 * PageBytes,
        GetPolicy.GetByteArrayAsync => 500 + PageBytes,
        GetPolicy.ResponseHeadersRead => 400,
        _ => 0,
    };

    private long AllocatedByStrategy => _case.StrategyName switch
    {
        "WhenAll" => 4_000,
        "Channel" => 3_060,
        "StaticPartition" => 2_000,
        _ => 3_000,
    };

    private long PageBytes => _case.Pages is [var page] ? _case.Scenario.GetBytes(page) : 0;

    /// <summary>Processor time of a request. All requests share the processor: it limits how many a second there can be.</summary>
    private TimeSpan ProcessorTime
    {
        get
        {
            var kind = _case.Strategy.Kind == StrategyKind.Blocking ? 0.07 : 0.05;
            var protocol = _case.Scenario.Protocol == WireProtocol.Https ? 0.02 : 0;
            var client = _case.Clients == ClientPolicy.New ? 0.2 : 0;
            var strategy = _case.StrategyName switch { "Dataflow" => 0.01, "WhenAll" => 0.001, _ => 0 };
            var get = _case.IsMadeByLibrary ? 0 : 0.02;
            var decoding = _case.Get is GetPolicy.GetStringAsync ? 0.3e-6 * PageBytes : 0;
            var reading = 0.5e-6 * PageBytes;
            var logging = _case.Clients == ClientPolicy.LoggedFactory ? 0.03 : 0;
            return TimeSpan.FromMilliseconds(kind + protocol + client + strategy + get + decoding + reading + logging);
        }
    }

    /// <summary>Starts the workers; the clock then runs them.</summary>
    public void Start()
    {
        var workers = Math.Min(_case.MaxInFlight, _case.Downloads);
        if (_case.StrategyName == "WhenAllBatches")
        {
            _clock.At(TimeSpan.Zero, () => StartBatch(workers));
            return;
        }

        var isPartitioned = _case.StrategyName == "StaticPartition";
        for (var worker = 0; worker < workers; worker++)
        {
            var share = isPartitioned ? new Share(First(worker), First(worker + 1)) : null;
            var start = StartOf(worker);
            if (start > TimeSpan.Zero) HasWaitedForThreads = true;
            _clock.At(ProcessStart + start, () => TakeNext(share));
        }

        int First(int worker) => (int)((long)worker * _case.Downloads / workers);
    }

    /// <summary>How long a process takes until it sends its first request; nothing where it runs already.</summary>
    private TimeSpan ProcessStart => _case.Tool switch
    {
        ToolCompilation.AheadOfTime => TimeSpan.FromMilliseconds(5),
        ToolCompilation.JustInTime => TimeSpan.FromMilliseconds(120),
        _ => TimeSpan.Zero,
    };

    private TimeSpan StartOf(int worker)
    {
        if (!_case.Strategy.BlocksThreadPool) return TimeSpan.Zero;
        var threads = Math.Max(_isCold ? ColdPoolThreads : WarmPoolThreads, _case.MinThreads);
        return Math.Max(0, worker - threads + 1) * PoolGrowth;
    }

    private void StartBatch(int workers)
    {
        _unfinishedOfBatch = Math.Min(workers, _case.Downloads - _next);
        for (var left = _unfinishedOfBatch; left > 0; left--)
        {
            Try(_next++, retries: 0, () =>
            {
                if (--_unfinishedOfBatch == 0) StartBatch(workers);
            });
        }
    }

    private void TakeNext(Share? share)
    {
        var isLeft = share is null ? _next < _case.Downloads : share.Next < share.End;
        if (!isLeft) return;
        var index = share is null ? _next++ : share.Next++;
        Try(index, retries: 0, () => TakeNext(share));
    }

    /// <summary>An attempt of a download: where the strategy decides how many are in flight, once it lets it start.</summary>
    private void Try(int index, int retries, Action onEnd)
    {
        if (_controller is null)
        {
            Pace(() => Send(index, retries, attempt: null, onEnd));
            return;
        }

        _waiting.Enqueue(attempt => Pace(() => Send(index, retries, attempt, onEnd)));
        StartWaiting();
    }

    private void StartWaiting()
    {
        while (_waiting.TryPeek(out var start))
        {
            if (!_controller!.TryStart(_clock.Now, out var attempt, out var wait))
            {
                if (wait is { } pause) StartLater(pause);
                return;
            }

            _waiting.Dequeue();
            start(attempt);
        }
    }

    private void StartLater(TimeSpan wait)
    {
        if (_isStartingLater) return;
        _isStartingLater = true;
        _clock.At(_clock.Now + wait, () =>
        {
            _isStartingLater = false;
            StartWaiting();
        });
    }

    /// <summary>Starts at the rate of the case, with as many at once as its pacer has saved.</summary>
    private void Pace(Action start)
    {
        if (_case.Rate is not { } rate)
        {
            start();
            return;
        }

        var saved = TimeSpan.FromSeconds((RequestPacer.GetBurst(rate) - 1) / rate);
        var at = Max(_clock.Now, _nextPaced - saved);
        _nextPaced = Max(at, _nextPaced) + TimeSpan.FromSeconds(1 / rate);
        _clock.At(at, start);
    }

    private void Send(int index, int retries, AdaptiveAttempt? attempt, Action onEnd)
    {
        var (connection, connecting) = _connections.Take();
        _processorFree = Max(_processorFree, _clock.Now) + ProcessorTime;
        _clock.At(_processorFree + connecting, () =>
            _server.Receive(_case.Pages[index % _case.Pages.Count], connection, connecting, request =>
                _clock.At(_clock.Now + Answering, () => OnAnswer(request))));

        void OnAnswer(RequestRecord request)
        {
            var isSentAgain = request.Outcome == RequestOutcome.Empty && _connections.WasReused(connection);
            _connections.Return(connection, request.Outcome);
            if (isSentAgain)
            {
                Send(index, retries, attempt, onEnd);
                return;
            }

            if (attempt is { } started) End(started, request);
            if (request.Outcome != RequestOutcome.Served && retries < _case.MaxRetries)
            {
                _clock.At(_clock.Now + WaitAfter(request.Outcome, retries), () => Try(index, retries + 1, onEnd));
                return;
            }

            if (request.Outcome == RequestOutcome.Served) _succeeded++;
            else _failures[request.Outcome] = _failures.GetValueOrDefault(request.Outcome) + 1;
            _ended = Max(_ended, _clock.Now);
            onEnd();
        }
    }

    /// <summary>Tells the strategy that decides how an attempt has ended.</summary>
    private void End(AdaptiveAttempt attempt, RequestRecord request)
    {
        var outcome = request.Outcome switch
        {
            RequestOutcome.Served => AttemptOutcome.Served,
            RequestOutcome.Refused => AttemptOutcome.Refused,
            RequestOutcome.RateLimited => AttemptOutcome.RateLimited,
            _ => AttemptOutcome.Failed,
        };
        var end = new AttemptEnd(outcome)
        {
            ServiceTime = outcome == AttemptOutcome.Served ? _clock.Now - attempt.StartedAt : null,
            OpenedConnection = request.Connecting > TimeSpan.Zero,
            RetryAfter = request.Outcome.IsRefusal() ? _case.Scenario.RetryAfter : null,
        };
        _controller!.OnEnded(attempt, end, _clock.Now);
        StartWaiting();
    }

    private TimeSpan WaitAfter(RequestOutcome outcome, int retries) => outcome is RequestOutcome.RateLimited or RequestOutcome.Refused
        ? _case.Scenario.RetryAfter
        : 2 * _case.Scenario.Latency * Math.Pow(2, retries);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>A worker's fixed share of the list.</summary>
    private sealed record Share(int First, int End)
    {
        public int Next { get; set; } = First;
    }
}

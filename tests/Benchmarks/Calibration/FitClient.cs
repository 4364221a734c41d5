using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Simulation;
using SeenRequest = Downloader.Benchmarks.Calibration.ObservedRequest;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>Workers that send requests to a <see cref="FitServer"/> in virtual time, each the next when its last has ended, and see its
/// answers a little late, as clients do.</summary>
internal sealed class FitClient(FitServer server, int seed)
{
    private const double RetryAfterMs = 1000;

    private readonly Random _random = new(seed);
    private readonly Func<double, bool>? _limiter = server.Limiter?.Invoke();
    private readonly PriorityQueue<Action, (double Time, long Order)> _events = new();
    private readonly PriorityQueue<Action, (double Work, long Order)> _sharing = new();
    private readonly Queue<Action> _waiting = new();
    private readonly List<SeenRequest> _requests = [];
    private readonly HashSet<int> _connected = [];
    private readonly SortedSet<int> _idle = [.. Enumerable.Range(0, 64)];
    private Action<SeenRequest> _onEnd = _ => { };
    private int _allowed = 1;
    private int _inFlight;
    private int _accepted;
    private double _lastRefusal;
    private double _full;
    private int _taken;
    private int _inService;
    private long _order;
    private double _work;
    private double _workedUntil;
    private long _changes;

    /// <summary>What was seen.</summary>
    public IReadOnlyList<SeenRequest> Requests => [.. _requests.OrderBy(request => request.Sent)];

    /// <summary>How many were refused.</summary>
    public int Refused => _requests.Count(request => request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited);

    /// <summary>How many succeeded.</summary>
    public int Succeeded => _requests.Count(request => request.Outcome == ObservedOutcome.Succeeded);

    /// <summary>The time.</summary>
    public double Now { get; private set; }

    /// <summary>Sends requests, the next as soon as one has ended; one worker more after each answer. After a refusal no more are sent,
    /// and the wait that it asks for passes.</summary>
    /// <param name="workers">How many workers at most.</param>
    /// <param name="count">How many requests.</param>
    /// <param name="reconnectAfter">Each so many requests a new connection is opened; 0 for never.</param>
    /// <param name="pace">The time between two requests, at least.</param>
    /// <returns>How many were in flight when one was refused, and the requests accepted per second since the refusal before; null where
    /// none was.</returns>
    public (int InFlight, double Rate)? Run(int workers, int count, int reconnectAfter = 0, double pace = 0)
    {
        var (sent, nextStart) = (0, Now);
        (int InFlight, double Rate)? sign = null;
        _allowed = Math.Min(_allowed, workers);
        _onEnd = request =>
        {
            if (request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited)
                sign ??= (_inFlight + 1, _accepted / Math.Max(1, request.Ended.TotalMilliseconds - _lastRefusal) * 1000);
            else _accepted++;
            if (_allowed < workers) _allowed++;
            Dispatch();
        };
        Dispatch();
        while ((sign is null ? sent < count : _inFlight > 0) && _events.TryDequeue(out var action, out var when))
        {
            Now = when.Time;
            action();
        }

        if (sign is null) return null;
        (_allowed, _accepted, _lastRefusal) = (1, 0, Now);
        Now += RetryAfterMs;
        return sign;

        void Dispatch()
        {
            while (sign is null && sent < count && _inFlight < _allowed)
            {
                if (Now < nextStart)
                {
                    At(nextStart, Dispatch);
                    return;
                }

                var id = _idle.Min;
                _idle.Remove(id);
                if (reconnectAfter > 0 && sent % reconnectAfter == 0) _connected.Remove(id);
                sent++;
                _inFlight++;
                nextStart = Now + pace;
                Send(id, workers, request =>
                {
                    _inFlight--;
                    _idle.Add(id);
                    _onEnd(request);
                });
            }
        }
    }

    /// <summary>Waits for the requests in flight.</summary>
    public void Drain()
    {
        _onEnd = _ => { };
        while (_events.TryDequeue(out var action, out var when))
        {
            Now = when.Time;
            action();
        }
    }

    /// <summary>Lets workers download a list, each the next when its last one has succeeded.</summary>
    /// <param name="workers">How many workers.</param>
    /// <param name="downloads">How many downloads.</param>
    /// <param name="pace">The time between two requests on average, in milliseconds; 0 for no pace.</param>
    public void DownloadAll(int workers, int downloads, double pace = 0)
    {
        var burst = pace > 0 ? RequestPacer.GetBurst(1000 / pace) : 1;
        var delays = new RetryDelay[workers];
        for (var worker = 0; worker < workers; worker++) Next(worker);
        Drain();

        void Next(int id)
        {
            delays[id] = default;
            if (downloads-- > 0) Start(id);
        }

        void Start(int id)
        {
            // Of a bucket, the k-th token after a full bucket comes after k − burst paces.
            var start = Math.Max(Now, _full + ((_taken + 1 - burst) * pace));
            if (start - _full >= _taken * pace) (_full, _taken) = (start, 0);
            _taken++;
            At(start, () => Send(id, workers, request => End(id, request.Outcome)));
        }

        void End(int id, ObservedOutcome outcome)
        {
            if (outcome == ObservedOutcome.Succeeded) Next(id);
            else if (outcome == ObservedOutcome.Failed) At(Now + delays[id].NextMs(_random.NextDouble()), () => Start(id));
            else At(Now + RetryAfterMs, () => Start(id));
        }
    }

    /// <summary>Sends nothing for a while.</summary>
    public void Wait(double ms) => Now += ms;

    private void At(double time, Action action) => _events.Enqueue(action, (time, _order++));

    /// <summary>Serves for so long or, where requests slow each other, until that much work is done.</summary>
    private void Work(double ms, Action onEnd)
    {
        if (server.Slowdown is null)
        {
            At(Now + ms, onEnd);
            return;
        }

        DoWork();
        _sharing.Enqueue(onEnd, (_work + ms, _order++));
        AwaitNextEnd();
    }

    private void DoWork()
    {
        if (_sharing.Count > 0) _work += (Now - _workedUntil) / server.Slowdown!(_sharing.Count);
        _workedUntil = Now;
    }

    private void AwaitNextEnd()
    {
        var change = ++_changes;
        if (!_sharing.TryPeek(out var onEnd, out var due)) return;
        At(Now + (Math.Max(0, due.Work - _work) * server.Slowdown!(_sharing.Count)), () =>
        {
            if (change != _changes) return;
            DoWork();
            _sharing.Dequeue();
            AwaitNextEnd();
            onEnd();
        });
    }

    private double Noise() => _random.NextDouble() < 0.01 ? 3 : 0.05 + (0.2 * _random.NextDouble());

    private void Send(int id, int workers, Action<SeenRequest> onEnd)
    {
        var sent = Now;
        var isNew = _connected.Add(id);
        At(Now + Noise() + (isNew ? server.ConnectMs : 0), Arrive);

        void Arrive()
        {
            if (_limiter?.Invoke(Now) == false)
            {
                Answer(server.LimiterStatus);
            }
            else if (server.Capacity is not { } capacity || _inService < capacity)
            {
                Serve();
            }
            else if (server.Queue is { } queue && _waiting.Count >= queue)
            {
                Answer(503);
            }
            else
            {
                _waiting.Enqueue(Serve);
            }
        }

        void Serve()
        {
            _inService++;
            Work(server.Service(_random), () =>
            {
                _inService--;
                var fails = _random.NextDouble() < server.FaultShare;
                var fault = _random.Next(2) == 0 ? 500 : 0;
                Answer(fails ? fault : 200);
                if (_waiting.TryDequeue(out var next)) next();
            });
        }

        void Answer(int status) => At(Now + Noise(), () =>
        {
            var outcome = status switch
            {
                200 => ObservedOutcome.Succeeded,
                429 => ObservedOutcome.RateLimited,
                503 => ObservedOutcome.Refused,
                _ => ObservedOutcome.Failed,
            };
            var isRefusal = status is 429 or 503;
            var isLost = status == 0;
            if (isLost) _connected.Remove(id);
            var request = new SeenRequest
            {
                Sent = TimeSpan.FromMilliseconds(sent),
                AnswerBegan = TimeSpan.FromMilliseconds(Now),
                Ended = TimeSpan.FromMilliseconds(Now),
                Status = isLost ? null : status,
                Outcome = outcome,
                BodyBytes = status == 200 ? 1000 : 20,
                NewConnection = isNew ? new ConnectionTiming(null, TimeSpan.FromMilliseconds(0.1), null) : null,
                RetryAfter = isRefusal ? TimeSpan.FromMilliseconds(RetryAfterMs) : null,
                Workers = workers,
            };
            _requests.Add(request);
            onEnd(request);
        });
    }
}

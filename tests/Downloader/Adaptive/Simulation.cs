namespace Downloader.Tests.Library.Adaptive;

/// <summary>A client and a server in simulated time. The client retries as the library does; with a controller it asks before each
/// attempt, else a download keeps its worker until it ends.</summary>
internal sealed class Simulation
{
    private const double NetworkMs = 0.2;
    private const int MaxRetries = 3;

    private readonly SimulatedServer _server;
    private readonly IController? _controller;
    private readonly int _workers;
    private readonly int _downloads;
    private readonly Random _random;
    private readonly Random _latencies;
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly Queue<Action> _waitingForStart = new();
    private readonly Queue<Action> _queue = new();
    private readonly Queue<double> _accepted = new();
    private readonly List<double> _served = [];
    private readonly List<double> _refusedAt = [];
    private double _now;
    private long _order;
    private int _taken;
    private int _ended;
    private int _failed;
    private int _attempts;
    private int _admitted;
    private int _inFlight;
    private int _peak;
    private int _idleConnections;
    private double _sharedConnectionOpen = double.NaN;
    private double _wakeAt = double.MaxValue;

    private Simulation(SimulatedServer server, IController? controller, int workers, int downloads, int seed)
    {
        _server = server;
        _controller = controller;
        _workers = workers;
        _downloads = downloads;
        _random = new Random(seed);
        // A generator of its own: the k-th request that is served takes equally long in every run of a seed.
        _latencies = new Random(seed + 1_000_000);
    }

    /// <summary>A fixed number of workers.</summary>
    public static SimulatedRun RunFixed(SimulatedServer server, int workers, int downloads, int seed) =>
        new Simulation(server, null, workers, downloads, seed).Run();

    /// <summary>A controller.</summary>
    public static SimulatedRun RunControlled(SimulatedServer server, IController controller, int ceiling, int downloads, int seed) =>
        new Simulation(server, controller, ceiling, downloads, seed).Run();

    private SimulatedRun Run()
    {
        for (var worker = 0; worker < _workers; worker++) TakeNext();
        while (_ended < _downloads && _events.TryDequeue(out var action, out var time))
        {
            _now = time.At;
            action();
        }

        return new SimulatedRun(_now, _attempts, _refusedAt.Count, _failed, _served, _refusedAt, _peak);
    }

    private void At(double milliseconds, Action action) => _events.Enqueue(action, (_now + milliseconds, _order++));

    private void TakeNext()
    {
        if (_taken == _downloads) return;
        _taken++;
        Attempt(tried: 0);
    }

    private void Attempt(int tried)
    {
        if (_controller is null)
        {
            Send(tried, default);
            return;
        }

        _waitingForStart.Enqueue(() => SendControlled(tried));
        StartWaiting();
    }

    private AdaptiveAttempt _admittedAttempt;

    private void StartWaiting()
    {
        while (_waitingForStart.Count > 0)
        {
            if (_controller!.TryStart(Time(_now), out _admittedAttempt, out var wait))
            {
                _waitingForStart.Dequeue()();
                continue;
            }

            if (wait is { } pause && _now + pause.TotalMilliseconds < _wakeAt)
            {
                _wakeAt = _now + Math.Max(0.001, pause.TotalMilliseconds);
                At(Math.Max(0.001, pause.TotalMilliseconds), () =>
                {
                    _wakeAt = double.MaxValue;
                    StartWaiting();
                });
            }

            return;
        }
    }

    private void SendControlled(int tried) => Send(tried, _admittedAttempt);

    private void Send(int tried, AdaptiveAttempt attempt)
    {
        _attempts++;
        var sent = _now;
        var connects = Connect(out var connectMs);
        At(connectMs + Network(), () => Arrive(outcome => At(Network(), () => End(tried, attempt, outcome, sent, connects))));
    }

    private bool Connect(out double milliseconds)
    {
        milliseconds = 0;
        if (_server.SharesConnection)
        {
            var opens = double.IsNaN(_sharedConnectionOpen);
            if (opens) _sharedConnectionOpen = _now + _server.ConnectLatency;
            milliseconds = Math.Max(0, _sharedConnectionOpen - _now);
            return opens;
        }

        if (_idleConnections > 0)
        {
            _idleConnections--;
            return false;
        }

        milliseconds = _server.ConnectLatency;
        return true;
    }

    private double Network() => NetworkMs * (1 + _random.NextDouble());

    private void Arrive(Action<AttemptOutcome> answer)
    {
        _peak = Math.Max(_peak, ++_inFlight);
        if (_random.NextDouble() < _server.ErrorShare)
        {
            Answer(AttemptOutcome.Failed);
            return;
        }

        while (_accepted.TryPeek(out var first) && first <= _now - 1000) _accepted.Dequeue();
        if (_accepted.Count >= _server.RateLimit)
        {
            Answer(AttemptOutcome.RateLimited);
            return;
        }

        if (_server.RateLimit is not null) _accepted.Enqueue(_now);
        if (_admitted < Capacity) Serve();
        else if (_queue.Count < _server.Queue) _queue.Enqueue(Serve);
        else Answer(AttemptOutcome.Refused);

        void Serve()
        {
            _admitted++;
            At(ServiceTime(), () =>
            {
                _admitted--;
                while (_admitted < Capacity && _queue.TryDequeue(out var next)) next();
                Answer(AttemptOutcome.Served);
            });
        }

        void Answer(AttemptOutcome outcome)
        {
            _inFlight--;
            if (outcome is AttemptOutcome.Refused or AttemptOutcome.RateLimited) _refusedAt.Add(_now);
            answer(outcome);
        }
    }

    private int Capacity => _now >= _server.HalvedAt ? _server.Capacity / 2 : _server.Capacity;

    private double ServiceTime()
    {
        if (_server.LatencyP99 is not { } p99) return _server.Latency * (1 + (0.02 * _latencies.NextDouble()));
        var z = Math.Sqrt(-2 * Math.Log(1 - _latencies.NextDouble())) * Math.Cos(2 * Math.PI * _latencies.NextDouble());
        return _server.Latency * Math.Exp(Math.Log(p99 / _server.Latency) / 2.3263 * z);
    }

    private void End(int tried, AdaptiveAttempt attempt, AttemptOutcome outcome, double sent, bool connected)
    {
        if (!_server.SharesConnection) _idleConnections++;
        var isRefusal = outcome is AttemptOutcome.Refused or AttemptOutcome.RateLimited;
        var retryAfter = isRefusal ? _server.RetryAfter : null;
        _controller?.OnEnded(
            attempt,
            new AttemptEnd(outcome)
            {
                ServiceTime = outcome is AttemptOutcome.Failed ? null : Time(_now - sent),
                OpenedConnection = connected,
                RetryAfter = retryAfter is { } wait ? Time(wait) : null,
            },
            Time(_now));
        if (outcome is AttemptOutcome.Served)
        {
            _served.Add(_now);
            Complete();
        }
        else if (tried == MaxRetries)
        {
            _failed++;
            Complete();
        }
        else
        {
            var backoff = 2 * _server.Latency * Math.Pow(2, tried) * (0.75 + (0.5 * _random.NextDouble()));
            At(retryAfter ?? backoff, () => Attempt(tried + 1));
        }

        if (_controller is not null) StartWaiting();
    }

    private void Complete()
    {
        _ended++;
        TakeNext();
    }

    private static TimeSpan Time(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

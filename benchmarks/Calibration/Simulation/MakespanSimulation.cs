namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>A run of WorkerLoops against a server, event by event, in virtual time.</summary>
/// <remarks>Each worker takes the next download when its last one has ended; a download that failed is tried again, up to 10 times, and
/// holds its worker meanwhile. Requests are served in the order in which they reach the server.</remarks>
internal sealed class MakespanSimulation
{
    private const int MaxRetries = 10;

    private readonly SimulatedServer _server;
    private readonly Random _random;
    private readonly Worker[] _workers;
    private readonly PriorityQueue<Step, double> _steps = new();
    private readonly PriorityQueue<double, double> _places = new();
    private readonly PriorityQueue<double, double> _inSystem = new();
    private readonly SharedService? _shared;
    private readonly double _pauseMs;
    private readonly double _savedMs;
    private readonly double _firstExtraMs;
    private int _left;
    private double _nextToken = double.NegativeInfinity;
    private double _end;

    private MakespanSimulation(SimulatedServer server, int workers, int downloads, Random random)
    {
        _server = server;
        _random = random;
        _left = downloads;
        _workers = new Worker[workers];
        _shared = server.Load is null ? null : new SharedService(server.Load);
        if (server.PacePerSecond is { } rate)
        {
            _pauseMs = 1000 / rate;
            _savedMs = (RequestPacer.GetBurst(rate) - 1) * _pauseMs;
            _firstExtraMs = 1000 * RequestPacer.GetFirstExtra(rate);
        }
    }

    /// <summary>The makespan of one run, in milliseconds.</summary>
    /// <param name="server">The server.</param>
    /// <param name="workers">How many workers download.</param>
    /// <param name="downloads">How many downloads there are.</param>
    /// <param name="random">Decides on the service times and the faults.</param>
    public static double Run(SimulatedServer server, int workers, int downloads, Random random) =>
        new MakespanSimulation(server, workers, downloads, random).Run();

    private double Run()
    {
        for (var worker = 0; worker < _workers.Length; worker++)
        {
            _workers[worker].NeedsConnection = true;
            TakeNext(worker, 0);
        }

        while (true)
        {
            var ended = _shared?.NextEnd ?? double.PositiveInfinity;
            if (_steps.TryPeek(out _, out var next) && next < ended) TakeStep();
            else if (_shared is not null && double.IsFinite(ended)) End(_shared.EndNext(), ended);
            else return _end;
        }
    }

    private void TakeStep()
    {
        _steps.TryDequeue(out var step, out var now);
        if (step.IsArrival) Arrive(step.Worker, now);
        else Send(step.Worker, now);
    }

    private void TakeNext(int worker, double now)
    {
        _end = Math.Max(_end, now);
        if (_left == 0) return;
        _left--;
        _workers[worker].Delay = default;
        _steps.Enqueue(new Step(worker, IsArrival: false), now);
    }

    private void Send(int worker, double now)
    {
        var sent = WaitForToken(now);
        var connect = _workers[worker].NeedsConnection ? _server.ConnectMs : 0;
        _workers[worker].NeedsConnection = false;
        if (sent + connect <= now) Arrive(worker, now);
        else _steps.Enqueue(new Step(worker, IsArrival: true), sent + connect);
    }

    private double WaitForToken(double now)
    {
        if (_pauseMs == 0) return now;
        var sent = Math.Max(now, _nextToken - _savedMs);
        var extra = double.IsNegativeInfinity(_nextToken) ? _firstExtraMs : 0;
        _nextToken = Math.Max(_nextToken, sent) + _pauseMs + extra;
        return sent;
    }

    private void Arrive(int worker, double now)
    {
        if (IsFull(now))
        {
            var answered = now + _server.OverheadMs;
            Retry(worker, answered, _server.RetryAfterMs);
            return;
        }

        var seen = _server.ServiceMs[_random.Next(_server.ServiceMs.Length)];
        if (_shared is not null)
        {
            _shared.Add(worker, seen, now);
            return;
        }

        var ended = WaitForPlace(now) + Math.Max(0, seen - _server.OverheadMs);
        if (_server.Capacity is not null) _places.Enqueue(ended, ended);
        if (_server.Limit is not null) _inSystem.Enqueue(ended, ended);
        End(worker, ended + Math.Min(seen, _server.OverheadMs));
    }

    private void End(int worker, double read)
    {
        var hasFailed = _server.FaultShare > 0 && _random.NextDouble() < _server.FaultShare;
        if (!hasFailed)
        {
            TakeNext(worker, read);
            return;
        }

        _workers[worker].NeedsConnection = _random.NextDouble() < _server.LostConnectionShare;
        Retry(worker, read, null);
    }

    private void Retry(int worker, double now, double? askedMs)
    {
        if (_workers[worker].Delay.Tries >= MaxRetries)
        {
            TakeNext(worker, now);
            return;
        }

        var wait = askedMs ?? _workers[worker].Delay.NextMs(_random.NextDouble());
        if (askedMs is not null) _workers[worker].Delay.CountTry();
        _steps.Enqueue(new Step(worker, IsArrival: false), now + wait);
    }

    private bool IsFull(double now)
    {
        if (_server.Limit is not { } limit) return false;
        while (_inSystem.TryPeek(out var end, out _) && end <= now) _inSystem.Dequeue();
        return _inSystem.Count >= limit;
    }

    /// <summary>When a place is free, which is then taken.</summary>
    private double WaitForPlace(double now)
    {
        if (_server.Capacity is not { } capacity || _places.Count < capacity) return now;
        return Math.Max(now, _places.Dequeue());
    }

    private struct Worker
    {
        public bool NeedsConnection;
        public RetryDelay Delay;
    }

    private readonly record struct Step(int Worker, bool IsArrival);
}

using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>A server without HTTP that does what a scenario asks and logs it as the mock server does: rate limit, capacity, latency, fault,
/// in this order.</summary>
/// <param name="scenario">What it does.</param>
/// <param name="clock">When it does it.</param>
internal sealed class SimulatedServer(Scenario scenario, SimulatedClock clock)
{
    private readonly LatencyPlan _latencies = new(scenario);
    private readonly FaultPlan _faults = new(scenario);
    private readonly IRateLimiter? _limiter = scenario.RateLimit is { } rate ? CreateLimiter(rate, scenario.RateBurst) : null;

    private readonly Queue<Action> _waiting = [];
    private readonly List<RequestRecord> _log = [];
    private int _inService;

    /// <summary>The requests, in order of arrival.</summary>
    public IReadOnlyList<RequestRecord> Log => _log;

    /// <summary>A request arrives.</summary>
    /// <param name="page">The page it asks for.</param>
    /// <param name="connection">The number of its connection.</param>
    /// <param name="connecting">What its connection cost, if this request is the first on it.</param>
    /// <param name="onAnswer">Called when the answer begins.</param>
    public void Receive(Page page, int connection, TimeSpan connecting, Action<RequestRecord> onAnswer)
    {
        var arrived = clock.Now;
        var sequence = _log.Count;
        var latency = _latencies.GetLatency(sequence);
        _log.Add(new RequestRecord(0, sequence, connection, page, scenario.Protocol, RequestOutcome.Served, arrived, arrived, latency,
            TimeSpan.Zero, connecting, 0));
        if (_limiter?.TryAcquire(arrived) == false) Answer(RequestOutcome.RateLimited);
        else if (scenario.Capacity is not { } capacity || _inService < capacity) Serve();
        else if (_waiting.Count >= scenario.Queue) Answer(RequestOutcome.Refused);
        else _waiting.Enqueue(Serve);

        void Serve()
        {
            _inService++;
            _log[sequence] = _log[sequence] with { Queued = clock.Now - arrived };
            clock.At(clock.Now + latency, () =>
            {
                _inService--;
                if (_waiting.TryDequeue(out var next)) next();
                Answer(OutcomeOf(_faults.GetFault(sequence)));
            });
        }

        void Answer(RequestOutcome outcome)
        {
            var bytes = outcome == RequestOutcome.Served ? scenario.GetBytes(page) : 0;
            _log[sequence] = _log[sequence] with { Outcome = outcome, AnswerBegan = clock.Now, BodyBytes = bytes };
            onAnswer(_log[sequence]);
        }
    }

    private static IRateLimiter CreateLimiter(double rate, int? burst) =>
        burst is { } tokens ? new TokenBucketRateLimiter(rate, tokens) : new SlidingWindowRateLimiter(rate);

    private static RequestOutcome OutcomeOf(FaultKinds fault) => fault switch
    {
        FaultKinds.None => RequestOutcome.Served,
        FaultKinds.Reset => RequestOutcome.Reset,
        FaultKinds.Empty => RequestOutcome.Empty,
        FaultKinds.CutShort => RequestOutcome.CutShort,
        _ => RequestOutcome.ServerError,
    };
}

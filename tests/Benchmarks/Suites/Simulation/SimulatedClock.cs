namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>A clock that jumps from one scheduled event to the next. Events of the same moment happen in the order in which they were
/// scheduled, so that a simulation gives the same result every time.</summary>
internal sealed class SimulatedClock
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private long _scheduled;

    public TimeSpan Now { get; private set; }

    /// <summary>Lets something happen at a moment, or now if the moment is past.</summary>
    public void At(TimeSpan moment, Action action) => _events.Enqueue(action, (moment < Now ? Now : moment, _scheduled++));

    /// <summary>Goes from event to event until none is left.</summary>
    public void Run()
    {
        while (_events.TryDequeue(out var action, out var priority))
        {
            Now = priority.At;
            action();
        }
    }
}

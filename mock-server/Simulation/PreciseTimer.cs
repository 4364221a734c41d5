namespace Downloader.MockServer.Simulation;

/// <summary>Waits until a moment, to within a tenth of a millisecond.</summary>
/// <remarks>Task.Delay is based on a timer that counts whole milliseconds and ends 1 to 3 ms late. Here one dedicated thread sleeps until
/// shortly before the next moment that a request waits for, and the rest in short sleeps (see <see cref="ShortSleep"/>). It does not spin,
/// because the clients share the machine.</remarks>
internal sealed class PreciseTimer
{
    /// <summary>How much earlier than requested the long sleep must end, because it may be that late: on Windows by a step of its clock,
    /// 15.6 ms.</summary>
    private static readonly TimeSpan LongSleepError = TimeSpan.FromMilliseconds(OperatingSystem.IsWindows() ? 17 : 2);

    /// <summary>The longest short sleep: how late a moment can be that is requested during one and comes before its end.</summary>
    private static readonly TimeSpan MaxShortSleep = TimeSpan.FromMilliseconds(0.5);

    private readonly PriorityQueue<TimerWaiter, TimeSpan> _waiters = new();
    // No Lock: waiting for a pulse takes a monitor.
    private readonly object _lock = new();

    public PreciseTimer() =>
        new Thread(Run) { IsBackground = true, Name = "Precise timer", Priority = ThreadPriority.AboveNormal }.Start();

    /// <summary>Completes at the moment, at once if it is past, and never early unless cancelled.</summary>
    public ValueTask DelayUntil(TimeSpan moment, CancellationToken cancellationToken)
    {
        if (moment <= Clock.Now) return ValueTask.CompletedTask;
        var waiter = new TimerWaiter();
        lock (_lock)
        {
            var isNext = !_waiters.TryPeek(out _, out var next) || moment < next;
            _waiters.Enqueue(waiter, moment);
            if (isNext) Monitor.Pulse(_lock);
        }

        return waiter.Start(cancellationToken);
    }

    private void Run()
    {
        while (true)
        {
            ShortSleep.For(SleepUntilClose());
        }
    }

    /// <summary>Completes all that is due and sleeps until the next moment is close; returns how long to sleep shortly, outside of the
    /// lock.</summary>
    private TimeSpan SleepUntilClose()
    {
        lock (_lock)
        {
            while (true)
            {
                if (!_waiters.TryPeek(out var waiter, out var moment))
                {
                    Monitor.Wait(_lock);
                    continue;
                }

                var left = moment - Clock.Now;
                if (left <= TimeSpan.Zero)
                {
                    _waiters.Dequeue();
                    waiter.Complete();
                }
                else if (left > LongSleepError)
                {
                    // It takes whole milliseconds, at least one.
                    Monitor.Wait(_lock, Math.Max(1, (int)(left - LongSleepError).TotalMilliseconds));
                }
                else
                {
                    return left < MaxShortSleep ? left : MaxShortSleep;
                }
            }
        }
    }
}

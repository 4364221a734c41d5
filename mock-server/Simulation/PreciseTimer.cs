namespace Downloader.MockServer.Simulation;

/// <summary>Waits until a moment, to within a tenth of a millisecond.</summary>
/// <remarks>Task.Delay rests on a timer that counts whole milliseconds and ends 1 to 3 ms late. Here one thread of its own sleeps until shortly
/// before the next moment that anybody waits for, and the rest in short sleeps. It does not spin, since the clients share the machine; but for
/// Windows, where it gives its core away again and again for the last two milliseconds (see <see cref="ShortSleep"/>).</remarks>
internal sealed class PreciseTimer
{
    /// <summary>How much earlier than asked the long sleep must end, as it may be that much late.</summary>
    private static readonly TimeSpan LongSleepError = TimeSpan.FromMilliseconds(2);

    /// <summary>The longest short sleep: how late a moment can be that is asked for during one and comes before its end.</summary>
    private static readonly TimeSpan LongestShortSleep = TimeSpan.FromMilliseconds(0.5);

    private readonly PriorityQueue<Wait, TimeSpan> _waits = new();
    // No Lock: waiting for a pulse takes a monitor.
    private readonly object _lock = new();

    public PreciseTimer() =>
        new Thread(Run) { IsBackground = true, Name = "Precise timer", Priority = ThreadPriority.AboveNormal }.Start();

    /// <summary>Completes at the moment, at once if it is past, and never early, unless whoever waits has gone.</summary>
    public ValueTask Until(TimeSpan moment, CancellationToken gone)
    {
        if (moment <= Clock.Now) return ValueTask.CompletedTask;
        var wait = new Wait();
        lock (_lock)
        {
            var isNext = !_waits.TryPeek(out _, out var next) || moment < next;
            _waits.Enqueue(wait, moment);
            if (isNext) Monitor.Pulse(_lock);
        }

        return wait.Begin(gone);
    }

    private void Run()
    {
        while (true)
            ShortSleep.For(SleepUntilClose());
    }

    /// <summary>Completes all that is due and sleeps until the next moment is close; returns how long to sleep shortly, outside of the lock.</summary>
    private TimeSpan SleepUntilClose()
    {
        lock (_lock)
        {
            while (true)
            {
                if (!_waits.TryPeek(out var wait, out var moment))
                {
                    Monitor.Wait(_lock);
                    continue;
                }

                var left = moment - Clock.Now;
                if (left <= TimeSpan.Zero)
                {
                    _waits.Dequeue();
                    wait.End();
                }
                else if (left > LongSleepError)
                {
                    // Whole milliseconds, at least one, are what it takes.
                    Monitor.Wait(_lock, Math.Max(1, (int)(left - LongSleepError).TotalMilliseconds));
                }
                else
                {
                    return left < LongestShortSleep ? left : LongestShortSleep;
                }
            }
        }
    }
}

namespace Downloader.MockServer.Simulation;

/// <summary>Lets a number of requests in at once; a number of others wait in line, first come, first served.</summary>
internal sealed class ConcurrencyLimiter(int capacity, int? queue)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<Admission>> _line = [];
    private int _inside;

    /// <summary>Waits until there is room; who is inside must <see cref="Leave"/>.</summary>
    public ValueTask<Admission> EnterAsync(CancellationToken gone)
    {
        LinkedListNode<TaskCompletionSource<Admission>> place;
        lock (_lock)
        {
            if (_inside < capacity)
            {
                _inside++;
                return ValueTask.FromResult(Admission.Inside);
            }

            if (_line.Count >= queue) return ValueTask.FromResult(Admission.Full);
            place = _line.AddLast(new TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return WaitAsync(place, gone);
    }

    /// <summary>Makes room for the first in line.</summary>
    public void Leave()
    {
        TaskCompletionSource<Admission> first;
        lock (_lock)
        {
            if (_line.First is not { } place)
            {
                _inside--;
                return;
            }

            _line.RemoveFirst();
            first = place.Value;
        }

        first.SetResult(Admission.Inside);
    }

    private async ValueTask<Admission> WaitAsync(LinkedListNode<TaskCompletionSource<Admission>> place, CancellationToken gone)
    {
        await using var registration = gone.UnsafeRegister(_ => GiveUp(place), null);
        return await place.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<Admission>> place)
    {
        lock (_lock)
        {
            // Already let in: then it leaves by itself.
            if (place.List is null) return;
            _line.Remove(place);
        }

        place.Value.SetResult(Admission.Gone);
    }
}

/// <summary>What became of somebody who wanted in.</summary>
internal enum Admission
{
    /// <summary>Let in.</summary>
    Inside,

    /// <summary>Turned away: as many wait as may.</summary>
    Full,

    /// <summary>Gone while waiting.</summary>
    Gone,
}

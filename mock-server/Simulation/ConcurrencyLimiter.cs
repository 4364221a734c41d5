namespace Downloader.MockServer.Simulation;

/// <summary>Admits a limited number of requests at once; a limited number of others wait in a queue, first come, first served.</summary>
internal sealed class ConcurrencyLimiter(int capacity, int? queueLimit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<Admission>> _queue = [];
    private int _admitted;

    /// <summary>Waits until there is room; an admitted request must <see cref="Leave"/>.</summary>
    public ValueTask<Admission> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<Admission>> waiter;
        lock (_lock)
        {
            if (_admitted < capacity)
            {
                _admitted++;
                return ValueTask.FromResult(Admission.Admitted);
            }

            if (_queue.Count >= queueLimit) return ValueTask.FromResult(Admission.Rejected);
            waiter = _queue.AddLast(new TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Makes room for the first request in the queue.</summary>
    public void Leave()
    {
        TaskCompletionSource<Admission> first;
        lock (_lock)
        {
            if (_queue.First is not { } waiter)
            {
                _admitted--;
                return;
            }

            _queue.RemoveFirst();
            first = waiter.Value;
        }

        first.SetResult(Admission.Admitted);
    }

    private async ValueTask<Admission> WaitAsync(
        LinkedListNode<TaskCompletionSource<Admission>> waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(_ => Cancel(waiter), null);
        return await waiter.Value.Task;
    }

    private void Cancel(LinkedListNode<TaskCompletionSource<Admission>> waiter)
    {
        lock (_lock)
        {
            // Admitted at the same moment: then it leaves as all others do.
            if (waiter.List is null) return;
            _queue.Remove(waiter);
        }

        waiter.Value.SetResult(Admission.Canceled);
    }
}

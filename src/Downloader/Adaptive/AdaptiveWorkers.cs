using System.Diagnostics;

namespace Downloader;

/// <summary>The loops of a run whose number follows a controller: about as many as may be in flight.</summary>
/// <param name="run">The run; its workers are the ceiling.</param>
/// <param name="log">Takes what is decided; null where nobody asks.</param>
internal sealed class AdaptiveWorkers(DownloadRun run, LimitLog? log = null) : AttemptGate, IDisposable
{
    private readonly Lock _lock = new();
    private readonly AdaptiveController _controller = new(run.Workers, log);
    private readonly Queue<TaskCompletionSource<AdaptiveAttempt>> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();
    private Timer? _timer;
    private int _workers;
    private int _taking;
    private bool _hasNoMoreItems;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>Downloads all items.</summary>
    public Task RunAsync()
    {
        var first = _controller.Limit;
        _workers = first;
        _taking = first;
        for (var worker = 0; worker < first; worker++) _ = WorkAsync();
        return _ended.Task;
    }

    /// <inheritdoc/>
    public override ValueTask<AdaptiveAttempt> StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<AdaptiveAttempt> waiter;
        lock (_lock)
        {
            TimeSpan? wait = null;
            if (_waiting.Count == 0 && _controller.TryStart(Now, out var attempt, out wait))
            {
                AddWorkerIfNeeded();
                return ValueTask.FromResult(attempt);
            }

            waiter = new TaskCompletionSource<AdaptiveAttempt>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter);
            if (wait is not null) StartWaitingLater(wait.Value);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <inheritdoc/>
    public override void End(AdaptiveAttempt attempt, in AttemptEnd end)
    {
        lock (_lock)
        {
            _controller.OnEnded(attempt, end, Now);
            StartWaiting();
        }
    }

    /// <summary>To be called once the run has ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            var items = run.ItemsAsync.GetAsyncEnumerator();
            await using (items.ConfigureAwait(false))
            {
                do
                {
                    var isThere = await items.MoveNextAsync().ConfigureAwait(false);
                    OnTaken(isThere);
                    if (!isThere) break;
                    await run.DownloadAsync(items.Current, this).ConfigureAwait(false);
                }
                while (IsStillNeeded());
            }
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
        }
    }

    private void OnTaken(bool isThere)
    {
        lock (_lock)
        {
            _taking--;
            if (isThere) return;
            _hasNoMoreItems = true;
            RemoveWorker();
        }
    }

    /// <summary>Whether the worker that asks is to take another item; if not, it ends.</summary>
    private bool IsStillNeeded()
    {
        lock (_lock)
        {
            // The last one always stays, so that the items are taken to the end.
            var isNeeded = _workers == 1 || (_waiting.Count == 0 && _controller.InFlight + _taking < _controller.Limit);
            if (isNeeded) _taking++;
            else RemoveWorker();
            return isNeeded;
        }
    }

    private void RemoveWorker()
    {
        _workers--;
        if (_workers == 0) _ended.TrySetResult();
    }

    /// <summary>One more where more may be in flight and nobody is about to start: a start leads to the next one.</summary>
    private void AddWorkerIfNeeded()
    {
        var isNeeded = _waiting.Count == 0 && _taking == 0 && _controller.InFlight < _controller.Limit;
        if (!isNeeded || _hasNoMoreItems || _workers >= run.Workers) return;
        _workers++;
        _taking++;
        // Not on this stack: each would start the next one.
        _ = Task.Run(WorkAsync);
    }

    private void StartWaiting()
    {
        while (_waiting.TryPeek(out var waiter))
        {
            if (waiter.Task.IsCompleted)
            {
                // Cancelled.
                _waiting.Dequeue();
                continue;
            }

            if (!_controller.TryStart(Now, out var attempt, out var wait))
            {
                if (wait is not null) StartWaitingLater(wait.Value);
                return;
            }

            _waiting.Dequeue();
            if (!waiter.TrySetResult(attempt)) _controller.OnEnded(attempt, new AttemptEnd(AttemptOutcome.Failed), Now);
        }

        AddWorkerIfNeeded();
    }

    private void StartWaitingLater(TimeSpan wait)
    {
        _timer ??= new Timer(static state => ((AdaptiveWorkers)state!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
        // A timer counts whole milliseconds: rounded down it would come too early.
        _timer.Change((long)Math.Ceiling(wait.TotalMilliseconds), Timeout.Infinite);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            StartWaiting();
        }
    }

    private static async ValueTask<AdaptiveAttempt> WaitAsync(
        TaskCompletionSource<AdaptiveAttempt> waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken
            .UnsafeRegister(static (state, token) => ((TaskCompletionSource<AdaptiveAttempt>)state!).TrySetCanceled(token), waiter)
            .ConfigureAwait(false);
        return await waiter.Task.ConfigureAwait(false);
    }
}

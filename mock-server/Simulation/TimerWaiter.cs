using System.Threading.Tasks.Sources;

namespace Downloader.MockServer.Simulation;

/// <summary>One delay, awaited once; it ends at its moment, or when it is cancelled.</summary>
internal sealed class TimerWaiter : IValueTaskSource
{
    // The continuation runs on the pool: the timer's thread must not serve requests.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private int _isCompleted;

    public ValueTask Start(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken.UnsafeRegister(static waiter => ((TimerWaiter)waiter!).Complete(), this);
        return new ValueTask(this, _core.Version);
    }

    public void Complete()
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) == 0) _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _cancellation.Unregister();
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

using System.Threading.Tasks.Sources;

namespace Downloader.MockServer.Simulation;

/// <summary>One wait, awaited once by whoever asked for it; it ends at its moment, or when whoever waits has gone.</summary>
internal sealed class Wait : IValueTaskSource
{
    // The continuation runs on the pool: the timer's thread must not serve requests.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _gone;
    private int _ended;

    public ValueTask Begin(CancellationToken gone)
    {
        _gone = gone.UnsafeRegister(static wait => ((Wait)wait!).End(), this);
        return new ValueTask(this, _core.Version);
    }

    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _gone.Unregister();
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

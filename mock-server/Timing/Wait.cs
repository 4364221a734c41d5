using System.Threading.Tasks.Sources;

namespace Downloader.MockServer.Timing;

/// <summary>One wait for a moment: what <see cref="PreciseTimer"/> completes and its caller awaits once.</summary>
internal sealed class Wait : IValueTaskSource
{
    // The continuation runs on the pool: the timer's thread must not serve requests.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    public ValueTask Task => new(this, _core.Version);

    public void Complete() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

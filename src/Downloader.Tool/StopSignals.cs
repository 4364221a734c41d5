using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Downloader.Tool;

/// <summary>Turns Ctrl-C and SIGTERM into a cancelled token, so that the run can end in order. A second signal ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>One Ctrl-C can arrive twice within this time: at the process and at its group.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(0.3);

    // Not disposed: a signal can still be on its way.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private long _firstSignal;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = TryCancel());
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = TryCancel());
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    /// <summary>Cancels the token at the first signal.</summary>
    /// <returns>Whether the process goes on.</returns>
    private bool TryCancel()
    {
        var first = Interlocked.CompareExchange(ref _firstSignal, Stopwatch.GetTimestamp(), 0);
        if (first != 0) return Stopwatch.GetElapsedTime(first) < SameSignal;
        _source.Cancel();
        return true;
    }
}

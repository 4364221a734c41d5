using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Turns Ctrl-C and SIGTERM into a cancelled token, so that results so far can be reported. A second signal ends the
/// process.</summary>
/// <remarks>Create it before a run begins: handlers of Ctrl-C run in the order of their registration, and BenchmarkDotNet's, which ends the
/// processes of a case, takes some time.</remarks>
internal sealed class CtrlCHandler : IDisposable
{
    /// <summary>One Ctrl-C can arrive twice within this time: at the process and at its group.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(0.3);

    // Not disposed: a signal can still be on its way.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _terminate;
    private long _firstSignal;

    public CtrlCHandler()
    {
        Console.CancelKeyPress += OnCancelKeyPress;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = TryCancel());
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
        _terminate.Dispose();
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs key)
    {
        if (key.SpecialKey == ConsoleSpecialKey.ControlC) key.Cancel = TryCancel();
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

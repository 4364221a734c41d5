using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Turns Ctrl-C, and SIGTERM if asked to, into a token, so that what was done so far can be told. A second one ends the process.</summary>
/// <remarks>Make it before a run begins: handlers of Ctrl-C run in the order they came, and BenchmarkDotNet's, which ends a case's processes, takes
/// its time.</remarks>
internal sealed class CtrlCHandler : IDisposable
{
    /// <summary>One Ctrl-C may come twice, to the process and to its group.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(0.3);

    // Not disposed: a signal may be under way.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration? _terminate;
    private long _first;

    /// <param name="alsoTerminate">Whether SIGTERM interrupts too, rather than ending the process at once.</param>
    public CtrlCHandler(bool alsoTerminate)
    {
        Console.CancelKeyPress += Cancel;
        if (alsoTerminate) _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = IsFirst());
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= Cancel;
        _terminate?.Dispose();
    }

    private void Cancel(object? sender, ConsoleCancelEventArgs key)
    {
        if (key.SpecialKey == ConsoleSpecialKey.ControlC) key.Cancel = IsFirst();
    }

    private bool IsFirst()
    {
        var first = Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        if (first != 0) return Stopwatch.GetElapsedTime(first) < SameSignal;
        _source.Cancel();
        return true;
    }
}

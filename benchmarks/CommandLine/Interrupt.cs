using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Turns Ctrl-C, and SIGTERM if asked to, into a token, so that what was done so far can be told. A second one ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration? _terminate;

    /// <param name="alsoTerminate">Whether SIGTERM interrupts too, rather than ending the process at once.</param>
    public Interrupt(bool alsoTerminate)
    {
        // These handlers run in the order they came: later ones may take their time.
        Console.CancelKeyPress += Cancel;
        if (alsoTerminate) _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = IsFirst());
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= Cancel;
        _terminate?.Dispose();
        _source.Dispose();
    }

    private void Cancel(object? sender, ConsoleCancelEventArgs key)
    {
        if (key.SpecialKey == ConsoleSpecialKey.ControlC) key.Cancel = IsFirst();
    }

    private bool IsFirst()
    {
        var isFirst = !_source.IsCancellationRequested;
        _source.Cancel();
        return isFirst;
    }
}

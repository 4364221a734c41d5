namespace Downloader.Benchmarks.Measurement;

/// <summary>Lets the process that started this one decide when each round begins: the rounds of two runs can alternate so.</summary>
/// <remarks>Before each round the run prints <see cref="WaitingLine"/> and waits for a line, whatever it holds. That it waits again, or has
/// ended, shows that the round before has ended. The end of input interrupts the run, so that none is left when the other process
/// dies.</remarks>
internal sealed class RoundGate : IDisposable
{
    /// <summary>What is printed before each round.</summary>
    public const string WaitingLine = "Waiting for a line to begin the next round.";

    private readonly SemaphoreSlim _lines = new(0);
    // Not disposed: the reading thread lives as long as the process.
    private readonly CancellationTokenSource _closed = new();
    private readonly TextWriter _output;

    /// <summary>Begins to read.</summary>
    /// <param name="input">Gives a line for each round.</param>
    /// <param name="output">Where to print that a round waits.</param>
    public RoundGate(TextReader input, TextWriter output)
    {
        _output = output;
        new Thread(() => Read(input)) { IsBackground = true, Name = "round gate" }.Start();
    }

    /// <summary>Cancelled at the end of input.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Waits until the next round may begin.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Wait(CancellationToken cancellationToken)
    {
        _output.WriteLine(WaitingLine);
        _output.Flush();
        _lines.Wait(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is not null) _lines.Release();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Standard input is unreadable: treat it as closed. Or the run has ended.
        }

        _closed.Cancel();
    }
}

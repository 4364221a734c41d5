using System.Diagnostics;

namespace Downloader.Benchmarks.Measurement;

/// <summary>One of two runs whose rounds alternate: the benchmarks as a process of their own, which waits before each round.</summary>
internal sealed class InterleavedSide : IDisposable
{
    /// <summary>How long an interrupted run may take to end its processes and write its reports.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);
    private readonly ProcessStartInfo _start;
    private Process? _process;
    private Task<string>? _errors;
    private bool _isEnding;

    /// <summary>A side that is not started yet.</summary>
    /// <param name="name">Base or candidate.</param>
    /// <param name="assembly">The benchmarks' assembly.</param>
    /// <param name="arguments">Its command line; it must make the run wait before each round.</param>
    public InterleavedSide(string name, string assembly, IReadOnlyList<string> arguments)
    {
        Name = name;
        _start = new ProcessStartInfo(DotnetHost.Path, ["exec", assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CheckoutBuild.RemoveInheritedVariables(_start);
    }

    /// <summary>Base or candidate.</summary>
    public string Name { get; }

    /// <summary>Whether it waits to begin a round; false once it has ended.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Its exit code; null while it runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>What it wrote to standard error, line by line. Waits for its end.</summary>
    public IReadOnlyList<string> Errors => _errors is null
        ? []
        : _errors.GetAwaiter().GetResult().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Starts it, and waits until it is ready for its first round, or has ended.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _process = Process.Start(_start)!;
        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await WaitAsync(_process, cancellationToken);
    }
    /// <summary>Runs a round to its end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var process = _process ?? throw new InvalidOperationException($"The {Name} is not started.");
        IsWaiting = false;
        try
        {
            await process.StandardInput.WriteLineAsync(ReadOnlyMemory<char>.Empty, cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It has ended: its exit code says so.
        }

        await WaitAsync(process, cancellationToken);
    }

    /// <summary>Ends it, if it still runs, as an interruption does: it reports what it has measured.</summary>
    public void End()
    {
        if (_isEnding || _process is null) return;
        _isEnding = true;
        IsWaiting = false;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }

        // Keep the pipe empty: a process that blocks on its output does not end.
        var rest = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        if (!_process.WaitForExit(EndLimit)) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        rest.Wait(EndLimit);
        ExitCode = _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _process?.Dispose();
    }

    /// <summary>Waits until it is ready for a round, or has ended.</summary>
    private async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            IsWaiting = line == RoundGate.WaitingLine;
            if (IsWaiting) return;
        }

        await process.WaitForExitAsync(cancellationToken);
        ExitCode = process.ExitCode;
    }
}

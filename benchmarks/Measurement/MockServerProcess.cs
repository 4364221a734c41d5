using System.ComponentModel;
using System.Diagnostics;

namespace Downloader.Benchmarks.Measurement;

/// <summary>The mock server as a process of its own: the one place where it is started and stopped.</summary>
/// <remarks>The server watches its standard input, which is a pipe from here: it ends when this process does, however that ends.</remarks>
public sealed class MockServerProcess : IDisposable
{
    private const string Ready = "Listening on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private MockServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="arguments">Its command line beside the port; the port is any free one unless given.</param>
    /// <exception cref="MeasurementException">It could not be started, or did not report that it is ready.</exception>
    public static MockServerProcess Start(params IReadOnlyList<string> arguments)
    {
        var assembly = BuildPaths.MockServer;
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] port = arguments.Contains("--port") ? [] : ["--port", "0"];
        string[] commandLine = ["exec", assembly, "--end-with-input", .. port, .. arguments];
        foreach (var argument in commandLine) start.ArgumentList.Add(argument);

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MeasurementException($"The mock server could not be started: {e.Message}");
        }

        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            while (process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult() is { } line)
            {
                if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
                // Keep the pipe empty: a server that blocks on its output does not answer.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new MockServerProcess(process, new Uri(line[Ready.Length..]));
            }

            process.WaitForExit();
            var error = errors.Result.Trim();
            throw new MeasurementException(error.Length > 0 ? error : $"The mock server ended with code {process.ExitCode}.");
        }
        catch (Exception e)
        {
            process.Kill();
            process.Dispose();
            if (e is OperationCanceledException)
                throw new MeasurementException($"The mock server was not ready after {StartLimit.TotalSeconds:0} seconds.");
            throw;
        }
    }

    /// <summary>Stops it and waits for its end.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(2))) _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        _process.Dispose();
    }
}

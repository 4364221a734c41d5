using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>How far a calibration is: a line that changes, on a terminal; elsewhere only its last state.</summary>
/// <param name="maxRequests">The most requests that will be sent.</param>
internal sealed class ProbeProgressLine(int maxRequests) : IProgress<ProbeProgress>, IDisposable
{
    // To the first column, and clear to the end of the line.
    private const string Clear = "\r\u001B[K";
    private readonly bool _isLive = !Console.IsOutputRedirected;
    private ProbeProgress? _last;

    /// <inheritdoc/>
    public void Report(ProbeProgress value)
    {
        _last = value;
        if (_isLive) Console.Write($"{Clear}[{value.Requests}/{maxRequests}] {value.Stage}{Count(value)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_last is not { } last) return;
        if (_isLive) Console.Write(Clear);
        Console.WriteLine($"Sent {last.Requests} requests{Count(last)}.");
    }

    private static string Count(ProbeProgress value) => $"; {value.Refused} refused, {value.Failed} failed";
}

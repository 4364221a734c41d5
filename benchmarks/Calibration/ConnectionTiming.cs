namespace Downloader.Benchmarks.Calibration;

/// <summary>What it took to set up a connection. A part that is not known, or that the connection did not need, is null.</summary>
/// <param name="Dns">Looking up the host's address.</param>
/// <param name="Tcp">Opening the connection.</param>
/// <param name="Tls">The TLS handshake.</param>
public sealed record ConnectionTiming(TimeSpan? Dns, TimeSpan? Tcp, TimeSpan? Tls);

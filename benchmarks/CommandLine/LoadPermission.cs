using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Requests go to a host that is not this machine only where the user has said that they may.</summary>
internal static class LoadPermission
{
    /// <summary>Rejects other hosts.</summary>
    /// <param name="options">Where requests would go.</param>
    /// <param name="permitted">The value of --i-may-load-this-host; null where it was not given.</param>
    /// <param name="what">What would be sent.</param>
    /// <exception cref="UsageException">The host was not named.</exception>
    public static void Check(ProbeOptions options, string? permitted, string what)
    {
        var host = options.Target.Host;
        if (options.Target.IsLoopback || host.Equals(permitted, StringComparison.OrdinalIgnoreCase)) return;
        var given = permitted is null ? "" : $", not {PrintableText.Escape(permitted)}";
        throw new UsageException($"--i-may-load-this-host {host}: must be given{given}: {host} is not this machine, and would get {what}. "
            + "Do this only to a server that you may load.");
    }
}
